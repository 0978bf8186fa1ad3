"""Wissen & Angebote: one search over articles, the catalogue of offers and one's own notes."""
