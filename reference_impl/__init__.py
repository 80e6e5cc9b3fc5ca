"""A compact MDM/R that reads like the workshop: a module for each chapter, an explicit clock, no I/O.

It is reached through the port like any other system under test, and gets no favours. Chapters so far: file transfer
(FTS) and Universal SDP ID assignment (USDP).
"""
