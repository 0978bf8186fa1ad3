"""KMU class with everything that led to it: group, years, structure and reason (domain §4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop_advisor.domain.company_size import CEILINGS, SizeClass, is_small_mid_cap, size_class
from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.domain.enterprise_group import (
    INVESTORS,
    Enterprise,
    Figures,
    Group,
    Holding,
    Investor,
    Member,
    Relation,
    gather_group,
)
from desktop_advisor.domain.german import THIN_SPACE, figure, million_euro
from desktop_advisor.domain.language import say
from desktop_advisor.domain.size_history import Status, YearClass, status_of

DISCLAIMER = "Selbsterklärung, keine Rechtsprüfung."
SOURCE = "Empfehlung 2003/361/EG, Anhang Art. 2 bis 6"
MID_CAP_SOURCE = "Empfehlung (EU) 2025/1099"


@dataclass(frozen=True)
class ClosedFigures:
    """The enterprise's own figures of one closed business year."""

    year: int
    figures: Figures
    owner_changed: bool = False


@dataclass(frozen=True)
class YearFinding:
    """One closed year by itself. own: the enterprise's figures. total: with all that counts."""

    year: int
    own: Figures
    total: Figures
    size: SizeClass
    owner_changed: bool = False


@dataclass(frozen=True)
class SizeFinding:
    """The class and what it rests on.

    figures: the whole group in the last closed year. years: the pair of years compared, or one.
    tree: the structure, one line each. reason: one or two sentences. missing: what would have to
    be known, one point each; only with UNDETERMINED. members: everybody with what counts of them.
    by_year: each closed year by itself, oldest first. unknown: holdings without a share, by keys.
    """

    size: SizeClass
    figures: Figures
    years: tuple[int, ...]
    is_small_mid_cap: bool
    is_public: bool
    tree: tuple[str, ...]
    reason: str
    missing: tuple[str, ...]
    derivation: Derivation
    members: tuple[Member, ...] = ()
    by_year: tuple[YearFinding, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()


def classify(
    own: str,
    enterprises: Sequence[Enterprise],
    holdings: Sequence[Holding],
    years: Sequence[ClosedFigures],
    *,
    is_estimate: bool = False,
) -> SizeFinding:
    """The KMU class of the enterprise with key `own` after the last of its closed `years`.

    The structure and the figures of the others are taken as they are today for every year.
    is_estimate: a new firm without a closed year, whose figures are estimated in good faith
    (Art. 4(3)).
    """
    ordered = sorted(years, key=lambda year: year.year)
    groups = [_in_year(own, enterprises, holdings, year) for year in ordered]
    group = groups[-1] if groups else gather_group(own, enterprises, holdings)
    status = status_of(
        YearClass(year.year, _class_of(of_year), year.owner_changed)
        for year, of_year in zip(ordered, groups, strict=True)
    )
    size = SizeClass.LARGE if group.is_public else status.size
    missing = _missing(group) if size is SizeClass.UNDETERMINED else ()
    mid_cap = size is SizeClass.LARGE and not group.is_public and _is_mid_cap(group.figures)
    reason = _reason(group, status, missing, mid_cap)
    assumptions = tuple(_assumptions(group, ordered, is_estimate=is_estimate))
    derivation = Derivation(
        say("KMU-Klasse"),
        say("{0} (Small Mid-Cap)").format(say(size)) if mid_cap else say(str(size)),
        reason,
        tuple(_terms(group)),
        assumptions,
        f"{say(SOURCE)}; {say(MID_CAP_SOURCE)}" if mid_cap else say(SOURCE),
    )
    tree = tuple(_tree(own, group.members, holdings))
    return SizeFinding(
        size,
        group.figures,
        status.years,
        mid_cap,
        group.is_public,
        tree,
        reason,
        missing,
        derivation,
        group.members,
        tuple(_year(year, of) for year, of in zip(ordered, groups, strict=True)),
        group.unknown,
    )


def _year(year: ClosedFigures, group: Group) -> YearFinding:
    size = SizeClass.LARGE if group.is_public else _class_of(group)
    return YearFinding(year.year, year.figures, group.figures, size, year.owner_changed)


def _in_year(
    own: str,
    enterprises: Iterable[Enterprise],
    holdings: Iterable[Holding],
    year: ClosedFigures,
) -> Group:
    nodes = [replace(e, figures=year.figures) if e.key == own else e for e in enterprises]
    return gather_group(own, nodes, holdings)


def _class_of(group: Group) -> SizeClass:
    if group.unknown:
        return SizeClass.UNDETERMINED
    figures = group.figures
    return size_class(figures.staff, figures.turnover, figures.balance)


def _is_mid_cap(figures: Figures) -> bool:
    return is_small_mid_cap(figures.staff, figures.turnover, figures.balance)


# -- words -----------------------------------------------------------------------------------


def _missing(group: Group) -> tuple[str, ...]:
    names = {member.enterprise.key: member.enterprise.name for member in group.members}
    points = [
        say("Anteil von {0} an {1} fehlt").format(names[owner], names[owned])
        for owner, owned in group.unknown
    ]
    counted = [m.enterprise for m in group.members if m.share]
    lacking = [e.name for e in counted if e.figures.staff is None]
    points += [say("Jahresarbeitseinheiten fehlen: {0}").format(name) for name in lacking]
    if group.figures.turnover is None and group.figures.balance is None:
        points += [
            say("Umsatz und Bilanzsumme fehlen: {0}").format(e.name)
            if e.figures.turnover is None and e.figures.balance is None
            else say("Umsatz oder Bilanzsumme fehlt: {0}").format(e.name)
            for e in counted
            if e.figures.turnover is None or e.figures.balance is None
        ]
    return tuple(points)


def _reason(group: Group, status: Status, missing: Sequence[str], mid_cap: bool) -> str:
    if group.is_public:
        return say(
            "Öffentliche Stellen halten {0}\u202f%: ab 25\u202f% ist ein Unternehmen kein KMU, "
            "ohne weitere Rechnung (Art. 3 Abs. 4)."
        ).format(figure(group.public_share))
    if status.size is SizeClass.UNDETERMINED:
        return say("Nicht bestimmbar: {0}.").format("; ".join(missing) or say("es fehlen Zahlen"))
    words = f"{_summed(group.figures)} {_threshold(status.size)}"
    if status.is_kept:
        pair = say(" und ").join(str(year) for year in status.years)
        words += say(
            " Das letzte Jahr allein ergäbe eine andere Klasse; sie wechselt erst, wenn die "
            "Schwelle in zwei Jahren in Folge über- oder unterschritten ist (verglichen: {0}, "
            "Art. 4 Abs. 2)."
        ).format(pair)
    if mid_cap:
        words += say(
            " Als Small Mid-Cap (unter 750 Beschäftigte, bis 150 Mio. € Umsatz oder 129 Mio. € "
            "Bilanzsumme) nachrichtlich geführt; KMU-Programme öffnet das nicht."
        )
    return words


def _summed(figures: Figures) -> str:
    staff = say("nicht bekannt") if figures.staff is None else figure(figures.staff)
    return say("{0} Jahresarbeitseinheiten, Umsatz {1}, Bilanzsumme {2}.").format(
        staff, million_euro(figures.turnover), million_euro(figures.balance)
    )


def _threshold(size: SizeClass) -> str:
    for name, staff, turnover, balance in CEILINGS:
        if name is size:
            return say(
                "Schwellen: unter {0} Beschäftigte und höchstens {1} Umsatz oder {2} Bilanzsumme."
            ).format(staff, million_euro(turnover), million_euro(balance))
    return say("Mindestens 250 Beschäftigte oder Umsatz und Bilanzsumme über der KMU-Schwelle.")


def _terms(group: Group) -> Iterable[Term]:
    for member in group.members:
        if member.share:
            share = f"{figure(member.share)}{THIN_SPACE}%"
            yield Term(
                member.enterprise.name,
                _briefly(member.enterprise.figures),
                say("{0}, zu {1} gezählt").format(say(member.relation), share),
            )
    yield Term(say("Summe"), _briefly(group.figures))


def _briefly(figures: Figures) -> str:
    staff = "–" if figures.staff is None else figure(figures.staff)
    money = [
        f"{name} {million_euro(value)}"
        for name, value in ((say("Umsatz"), figures.turnover), (say("Bilanz"), figures.balance))
        if value is not None
    ]
    return ", ".join((say("{0} JAE").format(staff), *money))


def _assumptions(
    group: Group, years: Sequence[ClosedFigures], *, is_estimate: bool
) -> Iterable[str]:
    yield say(DISCLAIMER)
    if is_estimate:
        yield say("Neu gegründet: Werte nach Treu und Glauben geschätzt (Art. 4 Abs. 3).")
    if len(years) == 1:
        yield say(
            "Nur ein abgeschlossenes Jahr erfasst; die Zwei-Jahres-Regel ist nicht anwendbar."
        )
    if len(group.members) == 1:
        yield say("Keine verbundenen oder Partnerunternehmen erfasst.")
    elif len(years) > 1:
        yield say("Für frühere Jahre sind Struktur und Zahlen der Gruppe wie heute angesetzt.")


def _tree(own: str, members: Sequence[Member], holdings: Sequence[Holding]) -> Iterable[str]:
    """The structure from the enterprise outwards, indented by distance; each name once."""
    by_key = {member.enterprise.key: member for member in members}
    seen: set[str] = set()

    def lines(key: str, depth: int, how: str) -> Iterable[str]:
        seen.add(key)
        yield f"{'    ' * depth}{how}{_line(by_key[key])}"
        for tie in holdings:
            other = {tie.owned: tie.owner, tie.owner: tie.owned}.get(key, "")
            if other in by_key and other not in seen:
                yield from lines(other, depth + 1, _tie_words(tie, is_owner=other == tie.owner))

    yield from lines(own, 0, "")


def _tie_words(tie: Holding, *, is_owner: bool) -> str:
    shares = [
        f"{figure(value)}{THIN_SPACE}% {name}"
        for name, value in ((say("Kapital"), tie.capital), (say("Stimmen"), tie.votes))
        if value is not None
    ]
    if tie.controls:
        shares.append(say("beherrschender Einfluss"))
    held = ", ".join(shares) or say("Anteil unbekannt")
    return f"{say('← hält') if is_owner else say('→ gehalten')} {held}: "


def _line(member: Member) -> str:
    of = member.enterprise
    notes = [say(str(member.relation))]
    if member.relation is Relation.PARTNER:
        notes.append(say("zu {0}\u202f% gezählt").format(figure(member.share)))
    if of.is_public:
        notes.append(say("öffentliche Stelle"))
    if of.investor is not Investor.NONE:
        notes.append(INVESTORS[of.investor])
    known = of.figures != Figures()
    return f"{of.name} ({', '.join(notes)})" + (f": {_briefly(of.figures)}" if known else "")
