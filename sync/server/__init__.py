"""Reference central server: ASGI, SQLAlchemy, SQLite when started bare, PostgreSQL by URL."""
