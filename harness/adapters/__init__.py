"""Ways to reach a system under test: by entry point or factory in this process, or as a command over stdio.

An adapter is named ``reference``, ``reference+FAULT``, ``module:factory`` or ``stdio:COMMAND ARGS``. Whatever goes
wrong with the system itself is an `AdapterFailure`: it never looks like a pass or a fail of a rule.
"""

from __future__ import annotations

from harness.adapters.failure import AdapterFailure, Connection
from harness.adapters.naming import opener

__all__ = ["AdapterFailure", "Connection", "opener"]
