"""Offline consultation desk for advisors of German automotive transformation networks."""
