"""Rules and features as data: the catalogue, what scenarios there are and whether each of them can be believed.

Beside them what is said of scenarios and rules: selections, verdicts, waivers; and whether numbers reveal a sequence.
"""
