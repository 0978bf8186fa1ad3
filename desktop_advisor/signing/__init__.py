"""Drawn reports are sealed and checked here: certificate, PAdES seal, verification."""
