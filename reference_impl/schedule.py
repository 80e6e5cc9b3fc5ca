"""The schedule: what falls due at which instant, and in which order where instants are equal.

Order at one instant (nothing that a conformant system need share; the workshop leaves it open):

1. what was submitted before, in order of submission;
2. the assignment run;
3. rejections of sets whose wait-time is over, in the order in which the sets began to arrive;
4. the billing reads processor;
5. the load of push requests;
6. on-demand estimation;
7. the 'no data available' responses (AMB-13);
8. the billing run;
9. deliveries, by recipient and name.

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
