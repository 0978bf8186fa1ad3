"""Runs recorded cases of the public ODK suites against our engine (design §7)."""
