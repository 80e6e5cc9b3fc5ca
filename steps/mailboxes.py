"""What lies in mailboxes, whatever the chapter: files by type, their names, versions and End Of File records."""

from __future__ import annotations

from harness.stage.chapters import mailboxes
from harness.stage.conversation import Conversation
from steps.vocabulary import seen


@seen('"{alias:Name}" has received {file_type:FileType}')
def _has_received(conversation: Conversation, alias: str, file_type: str) -> None:
    mailboxes.received(conversation, alias, file_type)


@seen('"{alias:Name}" has received no {file_type:FileType}')
def _has_not_received(conversation: Conversation, alias: str, file_type: str) -> None:
    mailboxes.not_received(conversation, alias, file_type)


@seen("nobody has received {file_type:FileType}")
def _nobody_has_received(conversation: Conversation, file_type: str) -> None:
    mailboxes.not_received(conversation, None, file_type)


@seen('the name of each {file_type:FileType} of "{alias:Name}" is well formed, about "{ldc:Name}"')
def _is_named(conversation: Conversation, file_type: str, alias: str, ldc: str) -> None:
    mailboxes.check_name(conversation, alias, file_type, ldc)


@seen('each {file_type:FileType} of "{alias:Name}" is of version {version}')
def _is_of_version(conversation: Conversation, file_type: str, alias: str, version: str) -> None:
    mailboxes.check_version(conversation, alias, file_type, version)


@seen(
    'each {file_type:FileType} of "{alias:Name}" closes with an End Of File record for {details:Number} detail records'
)
def _closes(conversation: Conversation, file_type: str, alias: str, details: int) -> None:
    mailboxes.check_end_of_file(conversation, alias, file_type, details)


@seen('each {file_type:FileType} of "{alias:Name}" closes with an End Of File record that counts its detail records')
def _closes_rightly(conversation: Conversation, file_type: str, alias: str) -> None:
    mailboxes.check_end_of_file(conversation, alias, file_type)
