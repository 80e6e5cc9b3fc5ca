"""The features as data: what scenarios there are, and whether each of them can be believed."""
