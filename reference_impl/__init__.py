"""A compact MDM/R (`repository`) on a vectorised framing core (`framing`), a compact CIS (`cis`), and faults (`bent`).

Both are reached through the port like any other system under test, and get no favours. Faults bend them
from outside.
"""
