"""Dense conversations at random: drawn, judged by the referee, made smaller, and told as scenarios.

A conversation is `lines` in the words of features. `scene`, `opening`, `asking_ids`, `synchronizing` and `billing` draw
them, `drawing` each from seed, round and number; `speaking` lets them happen by the functions that perform steps.
`playing` plays them with a system, `shrinking` makes them smaller, `retelling` tells them as features. `exploring` is
the course from round to round (`course`, `folder`, `document`), shared by processes (`working`). Where a CIS is under
test, `cis_conversations` draws them, with `cis_…` beside it. `proving` explores faults, `mutant_trials` changes of the
source.
"""
