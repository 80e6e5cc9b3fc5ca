"""A second opinion on synchronization and billing: slow, obvious, and independent of every implementation.

Pages to be believed by reading them beside the slides. `master_directory` says which value holds on which day,
`synchronization` what one accepted set makes of that, and `sequence` which sets are accepted, and when; `spans` says
the same as the first two in spans of days, for many SDPs. `calendar` knows days and prices, `quantities` what an SDP's
intervals come to, `sum_check` what registers say of them, `billing` which request is answered when, to whom and with
what, and `staging` what the reports on it have to tell.

They work by plain loops over lists of dated changes. Nothing here knows of files, and nothing but the names of days
and instants, and calendars as data, is shared with what it checks (SEQ, ISY, PSY, SRP; BQ, BSV, WIN, SEG, SUM, TXS,
BRP).
"""
