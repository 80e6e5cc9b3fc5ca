"""How a system under test is reached, and what is kept of it: protocol, adapters, journal, shared folder.

An adapter is named ``reference``, ``reference+FAULT``, ``module:factory`` or ``stdio:COMMAND ARGS`` (`naming`).
Whatever goes wrong with the system itself is an `AdapterFailure`: it never looks like a pass or a fail of a rule.
"""
