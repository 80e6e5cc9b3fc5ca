"""The interface as files: names, record layouts, file sets and the profile.

The vocabulary and the codec that harness and reference implementation share. It imports nothing of ours but itself,
and holds no verdicts: what does not read well is a finding.
"""
