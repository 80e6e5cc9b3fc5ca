"""Rules, sample files, calendars and names: data, read as package resources."""
