"""Disputed fields in plain German."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_advisor.domain.german import counted
from desktop_advisor.ui.synchronise.record_words import entity_name, field_name
from desktop_advisor.ui.words import day_and_time, joined
from desktop_advisor.usecases.conflicts import Dispute, Rule, Version

translate = QCoreApplication.translate


def record_title(dispute: Dispute) -> str:
    """Frage 12 der Sicht Geschäftsführung; Maßnahme „Energie messen“."""
    kind = entity_name(dispute.conflict.entity)
    if dispute.is_covered:
        return translate("conflicts", "Verdeckt: {0}").format(kind)
    if dispute.conflict.entity == "answer" and dispute.record:
        return dispute.record
    if not dispute.record or dispute.conflict.entity == "company":
        return kind
    return translate("conflicts", "{0} „{1}“").format(kind, dispute.record)


def field_title(dispute: Dispute) -> str:
    """Telefon."""
    return field_name(dispute.conflict.field)


def version_title(version: Version) -> str:
    """Whose version it is."""
    if version.is_own:
        return translate("conflicts", "Meine Fassung")
    return translate("conflicts", "Fassung von {0}").format(version.author)


def written(version: Version) -> str:
    """Jana Vogel · Laptop 2 · 24.11.2026, 08:30."""
    return joined(version.author, version.device, day_and_time(version.at))


def fields_counted(count: int) -> str:
    """3 Angaben."""
    return counted(count, translate("conflicts", "Angabe"), translate("conflicts", "Angaben"))


def rule_words(rule: Rule) -> str:
    """Alle meine."""
    return {
        Rule.MINE: translate("conflicts", "Alle meine"),
        Rule.THEIRS: translate("conflicts", "Alle anderen"),
        Rule.NEWER: translate("conflicts", "Jeweils die neuere"),
    }[rule]
