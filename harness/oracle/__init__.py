"""A second opinion on synchronization: slow, obvious, and independent of every implementation.

Three pages, to be believed by reading them beside the slides: `master_directory` says which value holds on which day,
`synchronization` what one accepted set makes of that, and `sequence` which sets are accepted, and when. They work by
plain loops over lists of dated changes, a day at a time. Nothing here knows of files, and nothing but the names of
days and instants is shared with what it checks (SEQ, ISY, PSY, SRP).
"""
