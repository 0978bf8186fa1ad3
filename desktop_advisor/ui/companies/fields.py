"""The fields of a company, one table for creating and for editing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from desktop_advisor.domain.regions import COUNTIES
from desktop_advisor.ui.widgets import Field, Kind
from desktop_advisor.ui.widgets.field import Check, Value
from desktop_advisor.usecases.companies import CompanyDraft, check_company

translate = QCoreApplication.translate

LEGAL_FORMS = ("GmbH", "GmbH & Co. KG", "AG", "KG", "OHG", "e. K.", "UG", "SE", "eG")


def _check(key: str) -> Check:
    """The use case's own rule for one field, so that there is one truth."""

    def complaint(value: Value) -> str:
        draft = replace(CompanyDraft(name="–"), **{key: str(value)})
        return check_company(draft).get(key, "")

    return complaint


def company_fields(*, brief: bool = False) -> Sequence[Field]:
    """All fields of a draft; brief: those one asks for when creating a company."""
    forms = [("", "–"), *((form, form) for form in LEGAL_FORMS)]
    counties = [("", translate("company", "nicht angegeben")), *COUNTIES.items()]
    council = [
        ("", translate("company", "nicht bekannt")),
        ("yes", translate("company", "ja")),
        ("no", translate("company", "nein")),
    ]
    first = (
        Field("name", translate("company", "Name des Unternehmens"), required=True, wide=True),
        Field("legal_form", translate("company", "Rechtsform"), Kind.CHOICE, options=forms),
        Field(
            "heads", translate("company", "Beschäftigte (Köpfe)"), hint="40", check=_check("heads")
        ),
        Field("street", translate("company", "Straße und Hausnummer"), wide=True),
        Field(
            "postcode", translate("company", "Postleitzahl"), hint="08056", check=_check("postcode")
        ),
        Field("town", translate("company", "Ort")),
        Field("ags", translate("company", "Landkreis oder Stadt"), Kind.CHOICE, options=counties),
        Field(
            "has_works_council", translate("company", "Betriebsrat"), Kind.CHOICE, options=council
        ),
    )
    if brief:
        return first
    return (
        *first,
        Field(
            "staff_units",
            translate("company", "Jahresarbeitseinheiten"),
            hint="38,5",
            check=_check("staff_units"),
        ),
        Field(
            "turnover_million",
            translate("company", "Jahresumsatz (Mio. €)"),
            hint="6,2",
            check=_check("turnover_million"),
        ),
        Field(
            "balance_million",
            translate("company", "Bilanzsumme (Mio. €)"),
            hint="4,1",
            check=_check("balance_million"),
        ),
        Field(
            "wz_code",
            translate("company", "Wirtschaftszweig (WZ 2008)"),
            hint="29.32",
            check=_check("wz_code"),
        ),
        Field(
            "vat_id", translate("company", "USt-IdNr."), hint="DE123456789", check=_check("vat_id")
        ),
        Field("website", translate("company", "Internetseite")),
        Field("products", translate("company", "Produkte und Leistungen"), Kind.NOTE, wide=True),
    )


def draft_from(texts: dict[str, str], base: CompanyDraft | None = None) -> CompanyDraft:
    """The draft as it stands in the form, over `base` for what the form does not show."""
    return replace(base or CompanyDraft(), **texts)
