"""Wissen & Angebote: the catalogue of offers, each with its date."""
