"""The keys of the report screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def key_sheet() -> tuple[tuple[str, str], ...]:
    """Key and what it does, for F1."""
    translate = QCoreApplication.translate
    return (
        (translate("ReportKeys", "Strg F"), translate("ReportKeys", "im Dokument suchen")),
        ("F3  ⇧ F3", translate("ReportKeys", "nächster, voriger Treffer")),
        (translate("ReportKeys", "Strg P"), translate("ReportKeys", "drucken")),
        ("Tab  ↵", translate("ReportKeys", "beim Bearbeiten: nächste Passage, öffnen")),
        (translate("ReportKeys", "Strg ↵"), translate("ReportKeys", "Passage übernehmen")),
        (translate("ReportKeys", "Strg Z"), translate("ReportKeys", "Bearbeitung zurücknehmen")),
        ("+  −", translate("ReportKeys", "Seiten größer, kleiner")),
        (translate("ReportKeys", "Bild ↑ ↓"), translate("ReportKeys", "blättern")),
        (translate("ReportKeys", "Pos 1  Ende"), translate("ReportKeys", "Anfang, Ende")),
    )
