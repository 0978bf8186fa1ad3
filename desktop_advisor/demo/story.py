"""The visit the demo plays: an invented foundry and what its people say."""

from __future__ import annotations

from desktop_advisor.domain.answers import Evidence
from desktop_advisor.usecases.companies import CompanyDraft
from desktop_advisor.usecases.visits import Person

ADVISOR = "Jana Vogel"
COLLEAGUE = "Tobias Lindner"
PASSPHRASE = "Erzgebirge im Herbst 7"  # noqa: S105 - of the demo's throw-away store
PIN = "240711"

_DETAILS = ("product_cati", "product_eop", "product_followon", "product_margin")

COMPANY = CompanyDraft(
    name="Gießerei Muldental GmbH",
    legal_form="GmbH",
    street="Muldestraße 14",
    postcode="08056",
    town="Zwickau",
    ags="14524",
    wz_code="24.53",
    heads="118",
    staff_units="109,5",
    turnover_million="21,4",
    balance_million="13,8",
    has_works_council="yes",
    products="Pumpen- und Getriebegehäuse aus Aluminium-Druckguss",
)
SECOND_COMPANY = CompanyDraft(
    name="Kabelwerk Sonnenberg GmbH",
    legal_form="GmbH",
    street="Zschopauer Straße 201",
    postcode="09126",
    town="Chemnitz",
    ags="14511",
    wz_code="27.32",
    heads="46",
    staff_units="43",
    turnover_million="7,9",
    has_works_council="no",
    products="Kabelsätze für Nutzfahrzeuge",
)
PEOPLE = (
    Person("Martin Uhlig", "gf", "Geschäftsführer"),
    Person("Sabine Krauß", "br", "Vorsitzende des Betriebsrats"),
    Person(ADVISOR, "ber", "Transformationslotsin"),
)
WORKS_COUNCIL_SPEAKER = PEOPLE[1].name
"""Who of the works council releases its view at the end of its part."""
MANAGEMENT: dict[str, str] = {
    "d01_strategy": "2",
    "d01_customers": "1",
    "d01_liquidity": "3",
    "d02_exposure": "2",
    "d02_followon": "1",
    "d02_machines": "3",
    "d03_orders": "3",
    "d03_data": "2",
    "d03_security": "2",
    "d04_footprint": "1",
    "d04_material": "4",
    "d04_esg": "3",
    "d05_consumption": "dk",
    "d05_savings": "3",
    "d05_supply": "dk",
    "d06_offers": "2",
    "d06_commute": "2",
    "d06_logistics": "na",
    "d07_plan": "2",
    "d07_matrix": "3",
    "d07_inclusion": "2",
    "d08_age": "1",
    "d08_knowledge": "2",
    "d08_recruiting": "3",
    "d09_ideas": "2",
    "d09_science": "1",
    "d09_funding": "kv",
    "d10_network": "4",
    "d10_cooperation": "3",
    "d10_supply": "2",
    "d11_roadmap": "1",
    "d11_council": "3",
    "d11_warning": "2",
}
SITE: tuple[str, ...] = ("5", "2", "4", "3", "5", "1")
"""Importance and satisfaction of the three site conditions, in the order of the form."""
PRODUCTS: tuple[dict[str, str], ...] = tuple(
    dict(zip(("product_name", "product_share", "product_heads", *_DETAILS), row, strict=True))
    for row in (
        ("Getriebegehäuse", "46", "54", "2", "2031", "no", "low"),
        ("Pumpengehäuse für Verbrenner", "27", "32", "5", "2029", "no", "medium"),
        ("Lagerböcke und Halter", "15", "17", "1", "", "yes", "medium"),
        ("Gehäuse für Leistungselektronik", "8", "9", "0", "", "yes", "high"),
    )
)
"""The product list of the foundry; 4 % of the turnover are not said."""
WORKS_COUNCIL: dict[str, str] = {
    "d01_strategy": "1",
    "d01_customers": "1",
    "d02_exposure": "1",
    "d02_followon": "1",
    "d03_orders": "2",
    "d03_data": "2",
    "d07_plan": "1",
    "d07_matrix": "1",
    "d07_inclusion": "0",
    "d08_age": "1",
    "d08_knowledge": "2",
    "d08_recruiting": "2",
    "d11_roadmap": "1",
    "d11_council": "1",
}
REASONS = {"d06_logistics": "Transporte vergibt vollständig der Kunde."}
EVIDENCE = {
    "d02_exposure": Evidence.DOCUMENT,
    "d02_machines": Evidence.SEEN,
    "d03_orders": Evidence.SEEN,
    "d04_material": Evidence.DOCUMENT,
    "d07_matrix": Evidence.DOCUMENT,
    "d10_network": Evidence.EXPLAINED,
    "d11_council": Evidence.EXPLAINED,
}
NOTES = {
    "d07_matrix": "Matrix nur in der Kernmacherei, Excel des Meisters, zuletzt im Mai gepflegt.",
    "d02_followon": "Zwei Anfragen für Wärmetauschergehäuse liegen vor, noch keine Nominierung.",
}
OWNERS = ("Martin Uhlig", "Sabine Krauß", "Personalleitung", "Leitung Kernmacherei")
DUE_DAYS = (60, 90, 120, 180)
"""Days from the visit to the date of each measure."""
CONSENTS = ("consultation", "statistics", "follow_up")
LATER = (
    ("postponed", "Die Geschäftsführung zieht in diesem Jahr den Umbau der Halle vor."),
    ("postponed", "Wird im zweiten Termin mit der Bank besprochen."),
    ("rejected", "Der Kunde übernimmt diese Aufgabe vertraglich."),
)
"""What is not taken up now, and why."""
