"""Bericht: look at it, have it signed, seal it, hand it over, check one that comes back."""
