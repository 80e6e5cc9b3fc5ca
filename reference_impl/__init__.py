"""A compact MDM/R (`repository`) on a vectorised framing core (`framing`), and its seeded faults (`bent`).

It is reached through the port like any other system under test, and gets no favours. Faults bend it
from outside.
"""
