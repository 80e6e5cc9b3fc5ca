"""Who takes part, and what the LDCs authorised their agents for."""

from __future__ import annotations

from pytest_bdd import given

from harness.stage.conversation import Conversation
from steps.vocabulary import phrase


@given(phrase('LDC "{alias:Name}" is registered'))
def _ldc(conversation: Conversation, alias: str) -> None:
    conversation.register(alias, "ldc")


@given(phrase('agent "{alias:Name}" is registered'))
def _agent(conversation: Conversation, alias: str) -> None:
    conversation.register(alias, "agent")


@given(phrase('"{alias:Name}" is not registered'))
def _stranger(conversation: Conversation, alias: str) -> None:
    conversation.stranger(alias)


@given(phrase('"{ldc:Name}" has authorised "{agent:Name}" to submit {file_type:FileType}'))
def _may_submit(conversation: Conversation, ldc: str, agent: str, file_type: str) -> None:
    conversation.authorise(ldc, agent, file_type, "submit")


@given(phrase('"{ldc:Name}" has authorised "{agent:Name}" to receive {file_type:FileType}'))
def _may_receive(conversation: Conversation, ldc: str, agent: str, file_type: str) -> None:
    conversation.authorise(ldc, agent, file_type, "receive")
