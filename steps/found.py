"""What only found features say: the same file once more, and that the referee saw a rule held."""

from __future__ import annotations

from pytest_bdd import then

from harness.stage.chapters.cis_post import PostOffice
from harness.stage.conversation import Conversation
from steps.vocabulary import done, phrase


@done('the last {file_type:FileType} of "{who:Name}" is submitted again')
def _submits_again(conversation: Conversation, file_type: str, who: str) -> None:
    conversation.submit_again(who, file_type)


@done("the next {file_type:FileType} for the CIS comes twice")
def _comes_twice(post: PostOffice, file_type: str) -> None:
    post.repeat(file_type, "cis", 0)


@then(phrase("no rule {rule} is broken"))
def _rule_is_held(conversation: Conversation, rule: str) -> None:
    conversation.check_held(rule)
