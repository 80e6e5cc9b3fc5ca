"""A plausible LDC, and a smaller one, and their agent live through days with a repository, and every file is checked.

What happens is drawn from a seed (`story`) and lived day by day (`utility`, `days`, `world`); `made_ldc` and `make_set`
make an LDC of any size and its file sets. What the repository has to do is known from `harness.oracle`;
`harness.referee` holds each file to it. A result is written (`document`), replayed without the system (`playing`,
`verification`), and made smaller (`shrink`).
"""
