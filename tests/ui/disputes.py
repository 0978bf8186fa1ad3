"""Two laptops that set much of one consultation differently, for tests and pictures."""

from __future__ import annotations

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.models import Company, Measure
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.visits import plan_visit
from tests.usecases.laptops import Laptops

MINE = (
    "Die Energie je Schmelze wird ab Januar an beiden Öfen gemessen; die Werte gehen jeden"
    " Freitag an Frau Krauß, die sie mit dem Vormonat vergleicht und im Werk aushängt."
)
THEIRS = (
    "Die Energie je Schmelze wird ab März an allen drei Öfen gemessen; die Werte gehen jeden"
    " Montag an Frau Krauß, die sie mit dem Vorjahr vergleicht und im Werk aushängt."
)


def disagree(pair: Laptops) -> None:
    """Master data of two files, a long text, answers of both sides of the table."""
    jana, ralf = pair.jana, pair.ralf
    other = create_company(jana, CompanyDraft(name="Kabelwerk Aue GmbH", town="Aue", heads="64"))
    visit = plan_visit(jana, pair.company_id, starts_at=jana.clock())
    measure = new_id(jana.clock())
    with jana.store.edit(jana.author) as session:
        title = "Energieverbrauch je Schmelze messen"
        row = Measure(id=measure, company_id=pair.company_id, title=title)
        row.steps = "Die Energie je Schmelze wird gemessen."
        session.add(row)
    pair.meet()
    for is_mine, place in ((True, jana), (False, ralf)):
        with place.store.edit(place.author) as session:
            company = session.get_one(Company, pair.company_id)
            company.town, company.heads = ("Wilkau", 118) if is_mine else ("Werdau", 121)
            company.street = "Am Mühlgraben 4" if is_mine else "Am Mühlgraben 4a"
            session.get_one(Company, other).website = "kabel-aue.de" if is_mine else "kwaue.de"
            row = session.get_one(Measure, measure)
            row.steps = MINE if is_mine else THEIRS
            row.offers = ["x"] if is_mine else ["x", "y"]
        talk = Interview(place, visit, "kurzcheck")
        talk.answer("d01_strategy", "2" if is_mine else "4")
        talk.switch(Perspective.WORKS_COUNCIL)
        talk.answer("d01_strategy", "1" if is_mine else "3")
    pair.meet()
