"""KMU-Selbsterklärung: what the file says of the company's size, ready to be signed (domain §4)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence

from desktop_advisor.domain.company_size import SizeClass
from desktop_advisor.domain.enterprise_group import (
    INVESTORS,
    Figures,
    Holding,
    Investor,
    Member,
    Relation,
)
from desktop_advisor.domain.german import BERLIN, THIN_SPACE, figure
from desktop_advisor.domain.size_finding import SizeFinding
from desktop_advisor.report.documents.declaration_model import COMPANY_DATA, GROUP, Gap
from desktop_advisor.report.documents.sme_declaration_model import (
    GroupLine,
    Kind,
    SmeDeclaration,
    Sums,
    YearLine,
)
from desktop_advisor.storage.models import Case, Company
from desktop_advisor.usecases.branding import branding
from desktop_advisor.usecases.documents.declarant import declarant, doubts
from desktop_advisor.usecases.group_structure import OWN, GroupView, show_group
from desktop_advisor.usecases.workplace import Workplace

_NO_YEAR_BEFORE = "Nicht beurteilbar: Es ist nur ein abgeschlossenes Geschäftsjahr erfasst."
_ONE_YEAR = (
    "Nicht anwendbar, solange nur ein abgeschlossenes Geschäftsjahr erfasst ist; die Klasse folgt "
    "aus diesem Jahr allein."
)


def draw(place: Workplace, case_id: uuid.UUID) -> bytes:
    """The PDF of a case's declaration."""
    from desktop_advisor.report.documents.sme_declaration import draw_sme_declaration

    return draw_sme_declaration(compose_sme_declaration(place, case_id), place.resources.fonts)


def compose_sme_declaration(place: Workplace, case_id: uuid.UUID) -> SmeDeclaration:
    """The declaration of a case's company as the file stands today."""
    with place.store.read() as session:
        company = session.get_one(Company, session.get_one(Case, case_id).company_id)
        company_id = company.id
        who, wrong = declarant(session, company, case_id), doubts(company)
    group = show_group(place, company_id)
    finding = group.finding
    is_known = finding.size is not SizeClass.UNDETERMINED
    return SmeDeclaration(
        network=branding(place),
        created_on=place.clock().astimezone(BERLIN).date(),
        declarant=who,
        kinds=_kinds(finding),
        group=tuple(_lines(finding.members, group.holdings)),
        years=tuple(_years(group)),
        size=_words(finding) if is_known else "",
        is_sme=finding.size is not SizeClass.LARGE if is_known else None,
        reason=finding.reason,
        change=_change(finding),
        two_years=_two_years(finding),
        gaps=(*who.gaps, *wrong, *_gaps(group)),
    )


def _words(finding: SizeFinding) -> str:
    if finding.size is not SizeClass.LARGE:
        return str(finding.size)
    return "kein KMU (Small Mid-Cap)" if finding.is_small_mid_cap else "kein KMU"


def _kinds(finding: SizeFinding) -> tuple[Kind, ...]:
    """None while a share is unknown: what is not known may link it."""
    if finding.unknown:
        return ()
    relations = {member.relation for member in finding.members}
    found: list[Kind] = []
    found += ["partner"] if Relation.PARTNER in relations else []
    found += ["linked"] if Relation.LINKED in relations else []
    return tuple(found) or ("autonomous",)


def _sums(figures: Figures) -> Sums:
    return Sums(staff=figures.staff, turnover=figures.turnover, balance=figures.balance)


def _years(group: GroupView) -> Iterator[YearLine]:
    """The last two closed years, newest first."""
    *_, newest = group.finding.by_year
    for year in reversed(group.finding.by_year[-2:]):
        yield YearLine(
            year=year.year or None,
            own=_sums(year.own),
            total=_sums(year.total),
            size=str(year.size),
            owner_changed=year.owner_changed,
            is_assumed=year is newest and group.current is None and bool(year.year),
        )


# -- the group -------------------------------------------------------------------------------


def _lines(members: Sequence[Member], holdings: Sequence[Holding]) -> Iterator[GroupLine]:
    """Everybody but the company: linked first, then partners, then who stays out."""
    order = (Relation.LINKED, Relation.PARTNER, Relation.AUTONOMOUS)
    names = {member.enterprise.key: member.enterprise.name for member in members}
    steps = _distances(holdings)
    others = [member for member in members if member.relation in order]
    for member in sorted(others, key=lambda member: order.index(member.relation)):
        key = member.enterprise.key
        ties = [tie for tie in holdings if _outer(tie, steps) == key]
        yield GroupLine(
            name=member.enterprise.name,
            relation=_relation(member),
            ties="; ".join(_tie(tie, key, names) for tie in ties),
            counted=member.share,
            figures=_sums(member.enterprise.figures),
        )


def _relation(member: Member) -> str:
    """ "eigenständig (Ausnahme: …)": why a holding of a quarter or more may stay out."""
    of = member.enterprise
    if of.is_public:
        return f"{member.relation} (öffentliche Stelle)"
    if member.relation is not Relation.AUTONOMOUS or of.investor is Investor.NONE:
        return str(member.relation)
    return f"{member.relation} (Ausnahme: {INVESTORS[of.investor]})"


def _distances(holdings: Sequence[Holding]) -> dict[str, int]:
    """Key → how many holdings away from the company."""
    steps = {OWN: 0}
    front = [OWN]
    while front:
        here = front.pop(0)
        for tie in holdings:
            for one, other in ((tie.owner, tie.owned), (tie.owned, tie.owner)):
                if one == here and other not in steps:
                    steps[other] = steps[here] + 1
                    front.append(other)
    return steps


def _outer(tie: Holding, steps: Mapping[str, int]) -> str:
    """The end of a holding that stands further from the company; it is told there."""
    far = len(steps)
    is_owned = steps.get(tie.owned, far) > steps.get(tie.owner, far)
    return tie.owned if is_owned else tie.owner


def _tie(tie: Holding, key: str, names: Mapping[str, str]) -> str:
    """ "hält 30 % Kapital, 40 % Stimmen an Guss AG"; the company itself is not named."""
    shares = [
        f"{figure(value)}{THIN_SPACE}% {name}"
        for name, value in (("Kapital", tie.capital), ("Stimmen", tie.votes))
        if value is not None
    ]
    shares += ["beherrschender Einfluss"] if tie.controls else []
    held = ", ".join(shares) or "Anteil unbekannt"
    if tie.owner == key:
        return f"hält {held}" + ("" if tie.owned == OWN else f" an {names[tie.owned]}")
    return f"gehalten: {held}" + ("" if tie.owner == OWN else f" durch {names[tie.owner]}")


# -- the statements --------------------------------------------------------------------------


def _change(finding: SizeFinding) -> str:
    """Whether the class might change against the year before (as the Commission's form asks)."""
    if len(finding.by_year) < 2:
        return _NO_YEAR_BEFORE
    before, now = finding.by_year[-2:]
    if now.year - before.year != 1:
        return f"Nicht beurteilbar: Das Geschäftsjahr {now.year - 1} ist nicht erfasst."
    if SizeClass.UNDETERMINED in (before.size, now.size):
        return "Nicht beurteilbar: Es fehlen Zahlen eines der beiden Geschäftsjahre."
    if before.size is now.size:
        words = f"Nein. {before.year} und {now.year} ergeben je für sich: {now.size}."
    else:
        words = (
            f"Ja. {before.year} allein ergäbe: {before.size}; {now.year} allein ergibt: {now.size}."
        )
    if now.owner_changed:
        words += f" {now.year} haben die Eigentümer gewechselt (Fusion oder Übernahme)."
    return words


def _two_years(finding: SizeFinding) -> str:
    """How Art. 4(2) was applied."""
    if finding.is_public:
        return "Ohne Bedeutung: Die Beteiligung öffentlicher Stellen entscheidet allein."
    if finding.size is SizeClass.UNDETERMINED:
        return "Nicht anwendbar, solange die Klasse nicht bestimmt ist."
    if len(finding.years) < 2:
        return _ONE_YEAR
    pair = " und ".join(str(year) for year in finding.years)
    last = finding.by_year[-1]
    if last.owner_changed:
        return f"Nicht angewandt, weil {last.year} die Eigentümer gewechselt haben."
    if last.size is not finding.size:
        return (
            f"Angewandt (verglichen: {pair}): Die Klasse wechselt erst, wenn die Schwelle in zwei "
            f"Jahren in Folge über- oder unterschritten ist. Es gilt: {finding.size}."
        )
    same = finding.by_year[-2].size is last.size
    words = "Beide Jahre ergeben dieselbe Klasse" if same else "Die Klasse galt schon zuvor"
    return f"Geprüft (verglichen: {pair}): {words}."


def _gaps(group: GroupView) -> Iterator[Gap]:
    """What is missing of the company itself, then of those that count with it."""
    finding = group.finding
    own = finding.by_year[-1].own
    if own.staff is None:
        yield Gap(what="Jahresarbeitseinheiten", where=COMPANY_DATA)
    if own.turnover is None and own.balance is None:
        yield Gap(what="Jahresumsatz oder Bilanzsumme", where=COMPANY_DATA)
    if group.current is None:
        yield Gap(what="das Geschäftsjahr, zu dem die Zahlen gehören", where=GROUP)
    if not group.years:
        yield Gap(what="Zahlen des Geschäftsjahres davor", where=GROUP)
    if finding.size is SizeClass.UNDETERMINED:
        yield from (Gap(what=point, where=GROUP) for point in _lacking(finding))


def _lacking(finding: SizeFinding) -> Iterator[str]:
    """Of the others: shares nobody said, and figures without which there is no sum."""
    names = {member.enterprise.key: member.enterprise.name for member in finding.members}
    for owner, owned in finding.unknown:
        yield f"Anteil von {names[owner]} an {names[owned]}"
    has_no_money = finding.figures.turnover is None and finding.figures.balance is None
    for member in finding.members:
        if member.relation is Relation.SELF or not member.share:
            continue
        name, figures = member.enterprise.name, member.enterprise.figures
        if figures.staff is None:
            yield f"Jahresarbeitseinheiten von {name}"
        if has_no_money and (figures.turnover is None or figures.balance is None):
            yield f"Jahresumsatz und Bilanzsumme von {name}"
