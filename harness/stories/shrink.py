"""Making a story smaller while it still fails: fewer days, then SDPs, then kinds of events, then single events.

A story is as good as the whole one while a violation of the same rule persists. The work is bounded by what it plays,
in SDPs times days, never by a clock: the same story is made smaller in the same way on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from harness.stories.ledger import Violation
from harness.stories.playing import Played
from harness.stories.story import Event, Story

WORK = 4
"""So many times the whole story is played in all, at most; small stories get the work of a larger one."""
LEAST_WORK = 60_000
MOST_TRIES = 400


@dataclass(slots=True)
class Shrunk:
    """How far making a story smaller came.

    :param violation: the violation of the rule in the smallest story.
    :param tries: how many stories were played; `work`: of how many SDPs times days.
    :param is_smallest: whether nothing more could be left out; else the work was used up before.
    :param doing: what was tried last.
    """

    story: Story
    rule: str
    violation: Violation
    tries: int = 0
    work: int = 0
    is_smallest: bool = False
    doing: str = ""


class _WorkUsedUp(Exception):
    """No more stories are played."""


@dataclass(slots=True)
class _Shrinker:
    shrunk: Shrunk
    play: Callable[[Story], Played]
    limit: int
    watch: Callable[[Shrunk], None]
    seen: set[Story] = field(default_factory=set)

    def fails(self, story: Story) -> bool:
        """Whether a story still fails; then it is the smallest so far, up to the day of its first violation."""
        if story in self.seen or story == self.shrunk.story:
            return False
        self.seen.add(story)
        work = story.length * len(story.taking_part)
        if self.shrunk.work + work > self.limit or self.shrunk.tries >= MOST_TRIES:
            raise _WorkUsedUp
        self.shrunk.work += work
        self.shrunk.tries += 1
        violation = first_of(self.play(story), self.shrunk.rule)
        if violation is not None:
            self.shrunk.story = story.shortened(min(story.length, violation.day + 1))
            self.shrunk.violation = violation
        self.watch(self.shrunk)
        return violation is not None

    def fewer_days(self) -> None:
        """The fewest days: halved while it fails so, then day by day."""
        self.shrunk.doing = "days"
        story = self.shrunk.story
        low, high = 0, story.length
        while high - low > 1:
            middle = (low + high) // 2
            if self.fails(story.shortened(middle)):
                story = self.shrunk.story
                high = story.length
            else:
                low = middle

    def fewer_sdps(self) -> None:
        """Fewer SDPs: without each of ever smaller shares of them."""
        self.shrunk.doing = "SDPs"
        for part in self._parts(lambda: self.shrunk.story.taking_part):
            left = [sdp for sdp in self.shrunk.story.taking_part if sdp not in part]
            if left:
                self.fails(self.shrunk.story.among(left))

    def fewer_kinds(self) -> None:
        """Without each kind of events."""
        self.shrunk.doing = "kinds of events"
        self.fails(self.shrunk.story.without(lambda _: True))
        for kind in self.shrunk.story.kinds:
            self.fails(self.shrunk.story.without(lambda event, kind=kind: event.kind == kind))  # type: ignore[misc]

    def fewer_events(self) -> None:
        """Without each of ever smaller shares of the events."""
        self.shrunk.doing = "events"
        for part in self._parts(lambda: self.shrunk.story.events):
            without = set(part)
            self.fails(self.shrunk.story.without(without.__contains__))

    def _parts(self, left: Callable[[], Sequence[int] | Sequence[Event]]) -> Iterator[Sequence[int | Event]]:
        """Ever smaller shares of what is left: a half, a quarter, and so on, down to each by itself."""
        size = len(left()) // 2
        while size > 0:
            start = 0
            while start < len(left()):
                before = left()
                yield tuple(before[start : start + size])
                if left() == before:
                    start += size
            size //= 2


def first_of(played: Played, rule: str) -> Violation | None:
    """The first violation of a rule that follows from nothing else."""
    violations = played.lived.ledger.violations
    return next((each for each in violations if each.rule == rule and each.follows is None), None)


def shrink(
    played: Played, violation: Violation, play: Callable[[Story], Played], watch: Callable[[Shrunk], None]
) -> Shrunk:
    """Make a story that fails smaller.

    :param played: what the whole story came to.
    :param violation: a violation in it that follows from nothing else; its rule is the one looked at.
    :param play: plays a story with a fresh system.
    :param watch: is told how far it is, after each story.
    """
    story = played.lived.story
    limit = max(LEAST_WORK, WORK * story.length * len(story.taking_part))
    shrunk = Shrunk(story.shortened(min(story.length, violation.day + 1)), violation.rule, violation)
    shrinker = _Shrinker(shrunk, play, limit, watch)
    try:
        while True:
            before = shrunk.story
            shrinker.fewer_days()
            shrinker.fewer_sdps()
            shrinker.fewer_kinds()
            shrinker.fewer_events()
            if shrunk.story == before:
                shrunk.is_smallest = True
                return shrunk
    except _WorkUsedUp:
        return shrunk
