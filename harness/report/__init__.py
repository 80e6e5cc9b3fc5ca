"""What people and programs look at after a run: pages and the rule book for people, JUnit and the like for CI."""
