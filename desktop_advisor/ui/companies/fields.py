"""The fields of a company, one table for creating and for editing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from desktop_advisor.domain.regions import COUNTIES
from desktop_advisor.ui.widgets import Field, Kind
from desktop_advisor.ui.widgets.field import Check, Value
from desktop_advisor.usecases.companies import CompanyDraft, check_company

LEGAL_FORMS = ("GmbH", "GmbH & Co. KG", "AG", "KG", "OHG", "e. K.", "UG", "SE", "eG")


def _tr(text: str) -> str:
    return QCoreApplication.translate("company", text)


def _check(key: str) -> Check:
    """The use case's own rule for one field, so that there is one truth."""

    def complaint(value: Value) -> str:
        draft = replace(CompanyDraft(name="–"), **{key: str(value)})
        return check_company(draft).get(key, "")

    return complaint


def company_fields(*, brief: bool = False) -> Sequence[Field]:
    """All fields of a draft; brief: those one asks for when creating a company."""
    forms = [("", "–"), *((form, form) for form in LEGAL_FORMS)]
    counties = [("", _tr("nicht angegeben")), *COUNTIES.items()]
    council = [("", _tr("nicht bekannt")), ("yes", _tr("ja")), ("no", _tr("nein"))]
    first = (
        Field("name", _tr("Name des Unternehmens"), required=True, wide=True),
        Field("legal_form", _tr("Rechtsform"), Kind.CHOICE, options=forms),
        Field("heads", _tr("Beschäftigte (Köpfe)"), hint="40", check=_check("heads")),
        Field("street", _tr("Straße und Hausnummer"), wide=True),
        Field("postcode", _tr("Postleitzahl"), hint="08056", check=_check("postcode")),
        Field("town", _tr("Ort")),
        Field("ags", _tr("Landkreis oder Stadt"), Kind.CHOICE, options=counties),
        Field("has_works_council", _tr("Betriebsrat"), Kind.CHOICE, options=council),
    )
    if brief:
        return first
    return (
        *first,
        Field(
            "staff_units",
            _tr("Jahresarbeitseinheiten"),
            hint="38,5",
            check=_check("staff_units"),
        ),
        Field(
            "turnover_million",
            _tr("Jahresumsatz (Mio. €)"),
            hint="6,2",
            check=_check("turnover_million"),
        ),
        Field(
            "balance_million",
            _tr("Bilanzsumme (Mio. €)"),
            hint="4,1",
            check=_check("balance_million"),
        ),
        Field("wz_code", _tr("Wirtschaftszweig (WZ 2008)"), hint="29.32", check=_check("wz_code")),
        Field("vat_id", _tr("USt-IdNr."), hint="DE123456789", check=_check("vat_id")),
        Field("website", _tr("Internetseite")),
        Field("products", _tr("Produkte und Leistungen"), Kind.NOTE, wide=True),
    )


def draft_from(texts: dict[str, str], base: CompanyDraft | None = None) -> CompanyDraft:
    """The draft as it stands in the form, over `base` for what the form does not show."""
    return replace(base or CompanyDraft(), **texts)
