"""The encrypted local store: typed tables, their change log, attachments."""
