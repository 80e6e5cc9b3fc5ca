"""What a repository delivered is held to the oracle's books, every invariant by its rule.

A module `check_…` is of one chapter; `mail` reads what came, `ledger` keeps what did not hold, `sets` the books of the
file sets that were sent.
"""
