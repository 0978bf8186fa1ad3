"""Take back the last edit of a case's report."""

from __future__ import annotations

import uuid

from desktop_advisor.storage.history import undo_last_row
from desktop_advisor.usecases.report_edits.rows import undoable_ids
from desktop_advisor.usecases.workplace import Workplace


def undo_report_edit(place: Workplace, case_id: uuid.UUID) -> bool:
    """Whether there was an edit on this laptop to be taken back: passage, chapter or insertion.

    What a colleague has changed since is left alone, and what is covered stays as it is.
    """
    with place.store.edit(place.author) as session:
        found = undoable_ids(session, case_id)
        return undo_last_row(session, found, birth="case_id") is not None
