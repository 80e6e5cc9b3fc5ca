"""The reference CIS: what the workshop asks of the LDC's side, a module for each chapter."""
