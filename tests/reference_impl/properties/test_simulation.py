"""A simulation that goes on as it likes: sets are written, sent, lost, repeated and sent anew, and time passes.

After each passage of time everything that the repository delivered is held against the oracle; in the end faults stop,
and every set must have come to its end.
"""

from __future__ import annotations

import itertools

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from harness.interface.instants import later
from harness.oracle.sequence import Arrival, Fate, SetName
from tests.reference_impl.properties.judge import Verdict, exceptions_of, held_by, held_inside, received, shown
from tests.reference_impl.properties.stories import STEADY, opened, plans
from tests.reference_impl.properties.world import LDCS, WAIT, Plan, SetFile, World

OPEN = {Fate.HELD, Fate.INCOMPLETE}
LDC = st.sampled_from(LDCS)
CHOICE = st.integers(0, 999)


class Synchronization(RuleBasedStateMachine):
    """Two LDCs and their agent, the files they have sent and those they have yet to send."""

    def __init__(self) -> None:
        super().__init__()
        self.world: World
        self.arrivals: list[Arrival]
        self.world, self.arrivals = opened()
        self.plans: dict[SetName, Plan] = {}
        self.unsent: list[SetFile] = []
        self.sent: list[SetFile] = []
        self.tx_ids = map("x{}".format, itertools.count())
        self.compared = 0

    # --- what the LDCs and the agent do ------------------------------------------------------------------

    @rule(ldc=LDC, ahead=st.sampled_from([0, 0, 0, 1, 2]), at_once=st.booleans(), data=st.data())
    def write_a_set(self, ldc: str, ahead: int, at_once: bool, data: st.DataObject) -> None:
        """A set with the number that is expected, or one or two ahead of it; no number is under way twice."""
        verdict = self.verdict()
        under_way = self.numbers_under_way(ldc, verdict)
        number = self.expected(ldc, verdict) + ahead
        while number in under_way:
            number += 1
        self.write(data.draw(plans(ldc, number, next(self.tx_ids))), at_once=at_once)

    @rule(ldc=LDC, numbers=st.permutations(range(3)), data=st.data())
    def send_three_sets_in_any_order(self, ldc: str, numbers: list[int], data: st.DataObject) -> None:
        """The next three, unless something of the LDC is under way already."""
        verdict = self.verdict()
        if not self.numbers_under_way(ldc, verdict):
            first = self.expected(ldc, verdict)
            for number in numbers:
                self.write(data.draw(plans(ldc, first + number, next(self.tx_ids))), at_once=True)
                self.let_time_pass(7)

    @rule(ldc=LDC, data=st.data())
    def write_a_set_with_an_old_number(self, ldc: str, data: st.DataObject) -> None:
        self.write(data.draw(plans(ldc, self.expected(ldc, self.verdict()) - 1, next(self.tx_ids))), at_once=True)

    def write(self, plan: Plan, *, at_once: bool) -> None:
        self.plans[plan.name] = plan
        files = self.world.writer.files(plan)
        if not at_once:
            self.unsent += files
        else:
            for file in files:
                self.send(file)

    @precondition(lambda self: self.unsent)
    @rule(choice=CHOICE)
    def send_a_file(self, choice: int) -> None:
        self.send(self.unsent.pop(choice % len(self.unsent)))

    @precondition(lambda self: self.unsent)
    @rule(choice=CHOICE)
    def send_all_that_is_left_of_a_set(self, choice: int) -> None:
        name = self.unsent[choice % len(self.unsent)].set
        rest = [file for file in self.unsent if file.set == name]
        self.unsent = [file for file in self.unsent if file.set != name]
        for place in range(len(rest)):
            self.send(rest[(place + choice) % len(rest)])

    @precondition(lambda self: self.unsent)
    @rule(choice=CHOICE)
    def lose_a_file(self, choice: int) -> None:
        del self.unsent[choice % len(self.unsent)]

    @precondition(lambda self: self.sent)
    @rule(choice=CHOICE)
    def repeat_a_file(self, choice: int) -> None:
        self.send(self.sent[choice % len(self.sent)])

    @rule(choice=CHOICE)
    def send_a_rejected_set_anew(self, choice: int) -> None:
        """Under its TX_ID, where its number is not under way otherwise."""
        verdict = self.verdict()
        last = {ending.set: ending.fate for ending in verdict.endings}
        rejected = [plan for name, plan in self.plans.items() if last.get(name) == Fate.REJECTED]
        if not rejected:
            return
        plan = rejected[choice % len(rejected)]
        if plan.number not in self.numbers_under_way(plan.name.ldc, verdict):
            self.unsent = [file for file in self.unsent if file.set != plan.name]
            self.write(plan, at_once=True)

    @rule(minutes=st.sampled_from([1, 1, 5, 20, 40, 60]))
    def let_time_pass(self, minutes: int) -> None:
        self.world.advance(later(self.world.now, minutes=minutes))
        self.compare()

    def send(self, file: SetFile) -> None:
        """Send a file, though never in the very moment of a deadline: that is a race."""
        deadlines = {arrival.at + WAIT for arrival in self.arrivals}
        while self.world.now in deadlines:
            self.world.advance(later(self.world.now, seconds=1))
        self.arrivals.append(self.world.send(file))
        self.sent.append(file)

    # --- what is expected -----------------------------------------------------------------------------------

    def verdict(self) -> Verdict:
        return Verdict(self.plans.values(), self.arrivals, self.world.now)

    def expected(self, ldc: str, verdict: Verdict) -> int:
        """The number expected next: that of the last set that was processed, and one."""
        return 1 + max(verdict.plans[name].number for name in verdict.outcomes if name.ldc == ldc)

    def numbers_under_way(self, ldc: str, verdict: Verdict) -> set[int]:
        """Numbers of sets of which files wait, in the repository or to be sent."""
        waiting = {ending.set for ending in verdict.endings if ending.fate in OPEN}
        waiting |= {file.set for file in self.unsent}
        return {self.plans[name].number for name in waiting if name.ldc == ldc}

    def compare(self) -> None:
        """Hold what was delivered against the oracle: which reports, and what is new in them."""
        verdict = self.verdict()
        every = received(self.world)
        came = sorted(report for report, _ in every if verdict.is_judged(report))
        assert came == [report for report in verdict.reports() if verdict.is_judged(report)]
        outcomes = {name.tx_id: outcome for name, outcome in verdict.outcomes.items()}
        for expected, report in every[self.compared :]:
            if expected.kind == "IR06":
                assert shown(report.changes()) == shown(outcomes[expected.tx_id].updates)
            if expected.kind == "IR07":
                assert sorted(report.failed(), key=str) == exceptions_of(outcomes[expected.tx_id])
        self.compared = len(every)

    def teardown(self) -> None:
        """Faults stop: what was sent comes to its end, once, and the directory is what the accepted sets make of it."""
        self.world.advance(later(self.world.now, hours=2))
        self.compare()
        verdict = self.verdict()
        assert not [ending for ending in verdict.endings if ending.fate in OPEN]
        for ldc in LDCS:
            assert held_inside(self.world, ldc) == held_by(verdict.directories[ldc])


TestSynchronization = Synchronization.TestCase
TestSynchronization.settings = settings(STEADY, max_examples=20, stateful_step_count=30)
