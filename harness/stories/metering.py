"""Meter data and register reads of a simulated day: most come in the night after it, some late, wrong, or never."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from harness.interface.instants import Day, Instant, later, midnight
from harness.stories.story import Event, Story
from harness.stories.utility import Happening, Sdp, Utility, day_after, there
from harness.stories.world import Intervals, World

NIGHT_LOAD, DAY_LOAD = 200, 980
"""Minutes of the day."""
DAYS_AMISS, MISREAD_BY = 6, 30
"""For how many days registers go unread or are misread, and by how many dial units."""
SHORTEST_SILENCE, LONGEST_SILENCE = 3, 12
"""For how many days a meter is not heard of; what it measured comes when it is. Some are read by hand."""
_MARKED = {
    "gap": None,
    "needs verification": "needs_verification_or_edit",
    "estimated": "estimated",
    "not validated": "not_validated",
}
"""What a stretch of hours is marked with, by the kind of event; nothing where it is missing."""


@dataclass(slots=True)
class Metering:
    """What the meters of a story measure, and when it reaches the repository.

    :param to_come: takes up what is put right on a later day; `owners`: each SDP, and whose it is.
    """

    world: World
    story: Story
    first: Day
    to_come: dict[int, list[Happening]]
    owners: Mapping[int, tuple[Utility, Sdp]]

    def of_day(self, utility: Utility, day: int, place: int) -> Iterable[Happening]:
        """In the night the data of the day before comes, or, once in a while, that of the day before that with it."""
        if day > 0 and not self._comes_late(utility, day - 1):
            yield NIGHT_LOAD + 2 * place, partial(self._load_day, utility, day - 1)
        if day > 1 and self._comes_late(utility, day - 2):
            yield NIGHT_LOAD + 20 + 2 * place, partial(self._load_day, utility, day - 2)

    def _comes_late(self, utility: Utility, day: int) -> bool:
        return any(event.kind == "meter data a day late" and event.sdp in utility.sdps for event in self.story.on(day))

    def _load_day(self, utility: Utility, day: int) -> None:
        marks: dict[int, list[Event]] = defaultdict(list)
        for event in self.story.on(day):
            if event.kind in _MARKED:
                marks[event.sdp].append(event)
        codes = self.world.conversation.profile.codes["validation_status"]
        found: list[Intervals] = []
        silent = self._silent(day)
        for sdp in there(utility, day):
            if sdp.number in silent:
                continue
            statuses: list[str | None] = [codes["valid"]] * 24
            for event in marks.get(sdp.number, ()):
                word = _MARKED[event.kind]
                hours = self._hours(event)
                statuses[hours.start : hours.stop] = [None if word is None else codes[word]] * len(hours)
            found += self._stretches(utility, sdp, day, statuses)
        self.world.load(found, self._reads(utility, day))

    def _reads(self, utility: Utility, day: int) -> list[tuple[Sdp, Instant, int]]:
        """The register reads at the end of a day, and on the first one at its beginning; some go amiss for days."""
        amiss = {
            event.sdp: event.kind
            for back in range(DAYS_AMISS)
            for event in self.story.on(day - back)
            if event.kind in {"registers not read", "registers misread"}
        }
        silent = self._silent(day, by_hand=False)
        found: list[tuple[Sdp, Instant, int]] = []
        for sdp in there(utility, day):
            if not sdp.entries:
                continue
            began = day_after(self.first, day)
            if sdp.used_wh == 0:
                found.append((sdp, midnight(began), utility.dials(sdp, began)))
            sdp.used_wh += sum(utility.metered(sdp, day)[0])
            ended = day_after(self.first, day + 1)
            reading = utility.dials(sdp, ended) + (MISREAD_BY if amiss.get(sdp.number) == "registers misread" else 0)
            if amiss.get(sdp.number) != "registers not read" and sdp.number not in silent:
                found.append((sdp, midnight(ended), reading))
        return found

    def _silent(self, day: int, *, by_hand: bool = True) -> set[int]:
        """The SDPs whose meters are not heard of on a day.

        :param by_hand: whether those count whose registers are read all the same.
        """
        return {
            event.sdp
            for back in range(LONGEST_SILENCE)
            for event in self.story.on(day - back)
            if event.kind == "meter silent" and back < self._silence(event) and (by_hand or event.number % 2)
        }

    def _silence(self, event: Event) -> int:
        return self.story.of(event).randrange(SHORTEST_SILENCE, LONGEST_SILENCE + 1)

    def _hours(self, event: Event) -> range:
        """The stretch of hours that an event of meter data is about."""
        chance = self.story.of(event)
        start = chance.randrange(24)
        return range(start, min(24, start + chance.randrange(1, 12)))

    def _stretches(
        self, utility: Utility, sdp: Sdp, day: int, statuses: Sequence[str | None], edition: int = 0
    ) -> Iterable[Intervals]:
        """The data of a day in stretches of hours that share a status; hours without one are left out."""
        wh, varh = utility.metered(sdp, day, edition)
        per_hour = 60 // sdp.nature.minutes
        midnight_of_day = midnight(day_after(self.first, day))
        start = 0
        for hour in range(1, 25):
            if hour < 24 and statuses[hour] == statuses[start]:
                continue
            status, cut = statuses[start], slice(start * per_hour, hour * per_hour)
            if status is not None:
                moment = later(midnight_of_day, hours=start)
                yield Intervals(sdp, moment, wh[cut], status, None if varh is None else varh[cut])
            start = hour

    def note_corrections(self, day: int, events: Iterable[Event]) -> None:
        """What is missing or doubtful on a day comes, or is put right, on a later one; or never."""
        for event in events:
            chance = self.story.of(event)
            if event.kind in {"gap", "needs verification"} and chance.random() < 0.8:
                hours, edition = self._hours(event), int(event.kind != "gap")
                due = day + 1 + chance.choice((0, 0, 1, 1, 2, 3, 4, 6))
                self.to_come[due].append((DAY_LOAD, partial(self._correct, event, day, hours, edition)))
            if event.kind == "meter silent":
                for late in range(self._silence(event)):
                    catch_up = partial(self._correct, event, day + late, range(24), 0)
                    self.to_come[day + self._silence(event)].append((DAY_LOAD, catch_up))
            if event.kind == "correction":
                back = chance.randrange(1, 40)
                if back <= day:
                    hours = range(chance.randrange(6, 25))
                    correct = partial(self._correct, event, day - back, hours, 2 + event.number % 14)
                    self.to_come[day + 1].append((DAY_LOAD, correct))

    def _correct(self, event: Event, day: int, hours: range, edition: int) -> None:
        utility, sdp = self.owners[event.sdp]
        if sdp in there(utility, day):
            valid = self.world.conversation.profile.codes["validation_status"]["valid"]
            statuses = [valid if hour in hours else None for hour in range(24)]
            self.world.load(list(self._stretches(utility, sdp, day, statuses, edition)))
