"""The window: PySide6 widgets over the use cases; no SQL, no PDF drawing, no HTTP in here."""
