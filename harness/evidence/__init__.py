"""What a run states: the results, built from what was judged alone."""
