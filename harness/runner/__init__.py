"""Runs scenarios: plans them, lets pytest-bdd execute them, and reconciles what ran with what the features hold."""
