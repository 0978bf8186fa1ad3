"""The offer catalogue as a spreadsheet: what editors work in, checked before it counts."""
