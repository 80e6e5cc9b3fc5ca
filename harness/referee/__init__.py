"""One judge for any stream: what a system was given and gave, held to the whole rule book, each thing by its rule.

`stream` says what the referee is told, `judgements` what it says; `referee` puts the one through to the other. `case`
has what checks share, and says how a check is written; `post` reads files, `worlds` keeps open readings that change
what follows. The checks of a repository: `delivered_files` of any file, `assignment` of Universal SDP IDs,
`synchronization` with `sync_…` beside it, and billing in `billing_…`; those of a CIS stand in `given_…`. The referee
knows no stories, no scenarios and no way in which files travel.
"""
