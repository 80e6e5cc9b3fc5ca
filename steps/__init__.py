"""The words of the features: one thin function for each phrase, calling the harness only."""
