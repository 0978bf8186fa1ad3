"""Sichtweisen: what each side says, beside each other."""
