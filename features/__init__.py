"""The features: what must hold, in the words of the field. Data, read as package resources."""
