"""What people and programs look at after a run: a page for people, JUnit for CI."""
