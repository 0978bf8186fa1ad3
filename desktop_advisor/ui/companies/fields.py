"""The fields of a company, one table for creating and for editing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from PySide6.QtCore import QCoreApplication

from desktop_advisor.domain.industry_code import EDITIONS
from desktop_advisor.domain.region_key import check_region_key
from desktop_advisor.domain.regions import COUNTIES
from desktop_advisor.ui.widgets import Field, Kind
from desktop_advisor.ui.widgets.field import Check, Value
from desktop_advisor.usecases.companies import CompanyDraft, check_company

translate = QCoreApplication.translate

MUNICIPALITY = "municipality"
"""Field for the key of the municipality; it is stored in `ags` like the county."""
COUNTY_DIGITS = 5
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
        *_official_numbers(),
        Field("website", translate("company", "Internetseite")),
        Field("products", translate("company", "Produkte und Leistungen"), Kind.NOTE, wide=True),
    )


def _official_numbers() -> tuple[Field, ...]:
    """Numbers that are kept as typed; what is remarked on them stands beneath."""
    editions = [(edition, f"WZ {edition}") for edition in EDITIONS]
    return (
        Field("vat_id", translate("company", "USt-IdNr."), hint="DE123456789"),
        Field("wz_code", translate("company", "Wirtschaftszweig"), hint="29.32"),
        Field("wz_edition", translate("company", "Ausgabe der WZ"), Kind.CHOICE, options=editions),
        Field("register_court", translate("company", "Registergericht"), hint="Chemnitz"),
        Field("register_number", translate("company", "Registernummer"), hint="HRB 12345"),
        Field("establishment_number", translate("company", "Betriebsnummer"), hint="09912342"),
        Field(MUNICIPALITY, translate("company", "Gemeindeschlüssel (AGS)"), hint="14524330"),
    )


def draft_from(texts: dict[str, str], base: CompanyDraft | None = None) -> CompanyDraft:
    """The draft as it stands in the form, over `base` for what the form does not show.

    County and municipality are one key: the longer one stands while it lies in the county.
    """
    before = base or CompanyDraft()
    typed = dict(texts)
    municipality = typed.pop(MUNICIPALITY, None)
    if municipality is not None:
        typed["ags"] = municipality or before.ags[:COUNTY_DIGITS]
    elif typed.get("ags") and before.ags.startswith(typed["ags"]):
        typed["ags"] = before.ags
    return replace(before, **typed)


def shown_texts(draft: CompanyDraft) -> dict[str, str]:
    """The draft by field of the form: the county apart from the longer key."""
    texts: dict[str, str] = asdict(draft)
    texts[MUNICIPALITY] = draft.ags if len(draft.ags) > COUNTY_DIGITS else ""
    texts["ags"] = check_region_key(draft.ags).county
    return texts
