"""Vergleich: the company then and now, and beside firms of its size."""
