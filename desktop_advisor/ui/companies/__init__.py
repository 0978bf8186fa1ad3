"""Unternehmen: find a company or create one."""
