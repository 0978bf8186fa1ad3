"""Runs the server's migrations on the connection that the opener passes in."""

from alembic import context

from sync.server.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
