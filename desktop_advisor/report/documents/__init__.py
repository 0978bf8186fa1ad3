"""The documents beside the full report: a model each and how it is drawn."""
