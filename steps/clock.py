"""What time it is. As a Given, that very instant; as a When, so late that what falls due then must have been seen."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, when

from harness.interface.instants import Day, day_of, later, midnight
from harness.stage.conversation import Conversation
from harness.stage.words import ClockTime
from steps.vocabulary import done, phrase


@given(phrase("the first day is {day:Day}"))
def _begins_on(conversation: Conversation, day: str) -> None:
    conversation.begin_on(day)


@given(phrase("it is {time:Moment}"))
def _time_is(conversation: Conversation, time: ClockTime) -> None:
    conversation.advance(time.at_or_after(conversation.now))


@when(phrase("it is {time:Moment}"))
def _time_comes(conversation: Conversation, time: ClockTime) -> None:
    conversation.settle(time.at_or_after(conversation.now))


@done("the next day has begun")
def _next_day(conversation: Conversation) -> None:
    conversation.advance(midnight(Day(day_of(conversation.now) + timedelta(days=1))))


@done("{days:Number} days have passed")
def _days_pass(conversation: Conversation, days: int) -> None:
    conversation.advance(later(conversation.now, days=days))


@done("1 day has passed")
def _day_passes(conversation: Conversation) -> None:
    _days_pass(conversation, 1)
