"""The schedule: what falls due at which instant, and in which order where instants are equal.

Order at one instant (nothing that a conformant system need share; the workshop leaves it open):

1. what was submitted before, in order of submission;
2. what a mailbox refused, when it takes files again;
3. the assignment run;
4. rejections of sets whose wait-time is over, in the order in which the sets began to arrive;
5. the billing reads processor;
6. the load of push requests;
7. on-demand estimation;
8. the 'no data available' responses (AMB-13);
9. the billing run;
10. the reports BR01, BR04, BR05, BR06 and BR03;
11. deliveries, by recipient and name.

A file set is processed when its last file comes, and with it whatever was held behind it.

A file that arrives at the very instant of a run is taken by the next run.
"""

from __future__ import annotations

from harness.interface.instants import Instant, day_of, later, midnight


def next_run(after: Instant, every_minutes: int, *, phase_minutes: int = 0) -> Instant:
    """The first instant after another on which a process falls due that runs every so many minutes of the EST day.

    The workshop gives the interval, not the phase: that runs begin at midnight is an assumption.
    """
    day = midnight(day_of(after))
    since = int((after - day).total_seconds()) - phase_minutes * 60
    periods = since // (every_minutes * 60) + 1
    return later(day, minutes=phase_minutes + periods * every_minutes)
