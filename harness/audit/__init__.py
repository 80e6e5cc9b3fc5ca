"""Files without a system: what is wrong with them, each for itself and held together."""
