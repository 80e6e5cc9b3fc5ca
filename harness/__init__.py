"""mdmr-conform: a conformance suite for the file interfaces between a CIS and the MDM/R.

Runs scenarios against a system under test, records what is exchanged, judges it, and reports.
"""

__version__ = "0.1.0"
