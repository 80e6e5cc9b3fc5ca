"""A second opinion on synchronization and billing: slow, obvious, and independent of every implementation.

Pages to be believed by reading them beside the slides. `master_directory` says which value holds on which day,
`synchronization` what one accepted set makes of that, and `sequence` which sets are accepted, and when; `spans` says
the same as the first two in spans of days, for many SDPs. `calendar` knows days and prices, `quantities` what an SDP's
intervals come to, `estimation` what is put in the place of those that are missing, and `sum_check` what registers say
of them; `billing` says how an answer may stand, and at which times of day requests are processed.

They work by plain loops over lists of dated changes. Nothing here knows of files, and nothing but the names of days
and instants, and calendars as data, is shared with what it checks (SEQ, ISY, PSY, SRP; BQ, BSV, WIN, SEG, SUM,
ODE).
"""
