"""PostgreSQL keeps what is packed as it is, and a block in the row of its log entry.

It would try in vain to compress each, and move every block of more than 2 kB into another table in
pieces, which costs more than all the rest of a row. Rows that are here already stay as they are.
"""

from alembic import op

revision = "0008"
down_revision = "0007"

PACKED = ("log_entry", "stored_reply", "part")
LONGEST_ROW = 8160
"""Bytes that PostgreSQL can keep in one page; longer ones still go into the other table."""


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in PACKED:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN body SET STORAGE EXTERNAL")
    op.execute(f"ALTER TABLE log_entry SET (toast_tuple_target = {LONGEST_ROW})")
