"""Gespräch: one question at a time, faster than paper, by keys, touch or pen."""
