"""A compact MDM/R that reads like the workshop: a module for each chapter, an explicit clock, no I/O."""
