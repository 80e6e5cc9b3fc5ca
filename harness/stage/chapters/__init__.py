"""What a scenario does and sees, chapter by chapter: requests are written, files found and read, and held to a rule.

A check that does not hold raises `Unmet`; a file that is not what is judged and cannot be read raises `Unreadable`.
"""
