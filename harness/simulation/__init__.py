"""A plausible LDC, and a smaller one, and their agent live through days with a repository, and every file is checked.

What happens is drawn from a seed (`story`) and lived day by day (`utility`, `days`, `world`). What the repository has
to do is known from `harness.oracle`; the modules `check_…` hold each file to it, every invariant by its rule. A result
is written (`document`, `page`), replayed without the system (`recording`, `verification`), and made smaller (`shrink`).
"""
