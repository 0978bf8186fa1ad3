"""Which enterprises count together for the KMU class: linked, partner, autonomous (domain §4).

Recommendation 2003/361/EC, Annex, Art. 3 and 6. Enterprises and shareholdings form a graph in which
cycles are allowed: two enterprises may hold shares of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ZERO, FULL = Decimal(0), Decimal(100)
PARTNER_FROM = Decimal(25)
MAJORITY = Decimal(50)
PUBLIC_FROM = Decimal(25)
"""Percent: partner (Art. 3(2)), linked above this (Art. 3(3)), public (Art. 3(4))."""


class Investor(StrEnum):
    """Who may hold 25 to 50 % without being a partner (Art. 3(2)), or is no enterprise at all."""

    NONE = ""
    VENTURE = "venture"
    ANGEL = "angel"
    UNIVERSITY = "university"
    INSTITUTIONAL = "institutional"
    MUNICIPALITY = "municipality"
    PERSON = "person"


INVESTORS = {
    Investor.NONE: "keine Ausnahme",
    Investor.VENTURE: "staatliche Beteiligungs- oder Risikokapitalgesellschaft",
    Investor.ANGEL: "Business Angel bis 1,25 Mio. €",
    Investor.UNIVERSITY: "Hochschule oder gemeinnützige Forschung",
    Investor.INSTITUTIONAL: "institutioneller Anleger oder Regionalfonds",
    Investor.MUNICIPALITY: "Gemeinde unter 10 Mio. € Haushalt und 5.000 Einwohnern",
    Investor.PERSON: "Person ohne weiteres Unternehmen auf gleichem oder benachbartem Markt",
}


class Relation(StrEnum):
    """How an enterprise stands to the one that is classified."""

    SELF = "das Unternehmen selbst"
    LINKED = "verbunden"
    PARTNER = "Partner"
    AUTONOMOUS = "eigenständig"


@dataclass(frozen=True)
class Figures:
    """Annual work units and € million of one closed year; None not known."""

    staff: Decimal | None = None
    turnover: Decimal | None = None
    balance: Decimal | None = None

    def plus(self, other: Figures, share: Decimal = FULL) -> Figures:
        """Both together, the other at `share` percent; what one side lacks is not known."""
        return Figures(
            _sum(self.staff, other.staff, share),
            _sum(self.turnover, other.turnover, share),
            _sum(self.balance, other.balance, share),
        )


@dataclass(frozen=True)
class Enterprise:
    """One node. is_public: a public body. investor: why it may stay out between 25 and 50 %."""

    key: str
    name: str
    figures: Figures = Figures()
    is_public: bool = False
    investor: Investor = Investor.NONE


@dataclass(frozen=True)
class Holding:
    """`owner` holds shares of `owned`. capital, votes: 0–100 %, None not known.

    controls: dominant influence whatever the shares, by the right to appoint, by contract, statute
    or agreement with others (Art. 3(3) b–d).
    """

    owner: str
    owned: str
    capital: Decimal | None = None
    votes: Decimal | None = None
    controls: bool = False


@dataclass(frozen=True)
class Member:
    """One enterprise as it enters the sum. share: percent of its figures, 0 where it stays out."""

    enterprise: Enterprise
    relation: Relation
    share: Decimal


@dataclass(frozen=True)
class Group:
    """What counts together. figures: None where one that counts lacks the figure.

    public_share: percent held by public bodies that are not exempt. unknown: holdings without any
    share, as (owner, owned); while there are some, no class can be said.
    """

    members: tuple[Member, ...]
    figures: Figures
    public_share: Decimal
    unknown: tuple[tuple[str, str], ...] = ()

    @property
    def is_public(self) -> bool:
        """Whether public bodies hold so much that it is no KMU (Art. 3(4))."""
        return self.public_share >= PUBLIC_FROM


def gather_group(own: str, enterprises: Iterable[Enterprise], holdings: Iterable[Holding]) -> Group:
    """Everything that counts with `own`: 100 % of linked, a share of partners with their linked."""
    nodes = {enterprise.key: enterprise for enterprise in enterprises}
    ties = [h for h in holdings if h.owner in nodes and h.owned in nodes and h.owner != h.owned]
    blocks = _linked_blocks(nodes, ties)
    home = blocks[own]
    shares = {
        block: _share_between(nodes, ties, home, block)
        for block in set(blocks.values())
        if block != home
    }
    members = tuple(_member(own, key, nodes[key], home, blocks, shares) for key in nodes)
    total = Figures(ZERO, ZERO, ZERO)
    for member in members:
        if member.share:
            total = total.plus(member.enterprise.figures, member.share)
    unknown = tuple((t.owner, t.owned) for t in ties if _is_unknown(nodes, t))
    return Group(members, total, _public_share(own, nodes, ties), unknown)


Block = frozenset[str]


def _linked_blocks(nodes: Mapping[str, Enterprise], ties: list[Holding]) -> dict[str, Block]:
    """Key → all keys linked with it; a block holds jointly, so blocks grow until still."""
    blocks = {key: frozenset({key}) for key in nodes}
    while True:
        pair = next(
            (
                (one, other)
                for one in set(blocks.values())
                for other in set(blocks.values())
                if one != other and _controls(nodes, ties, one, other)
            ),
            None,
        )
        if pair is None:
            return blocks
        joined = pair[0] | pair[1]
        blocks |= dict.fromkeys(joined, joined)


def _controls(
    nodes: Mapping[str, Enterprise], ties: list[Holding], one: Block, other: Block
) -> bool:
    """Whether the members of one block together control a member of the other (Art. 3(3))."""
    between = [t for t in ties if t.owner in one and t.owned in other and _counts(nodes, t)]
    if any(tie.controls for tie in between):
        return True
    return any(_held(between, owned)[1] > MAJORITY for owned in other)


def _share_between(
    nodes: Mapping[str, Enterprise], ties: list[Holding], home: Block, other: Block
) -> Decimal:
    """Percent at which the other block enters as partner; of cross-holdings the greater."""
    percents = [ZERO]
    for one, two in ((home, other), (other, home)):
        between = [t for t in ties if t.owner in one and t.owned in two and _counts(nodes, t)]
        between = [t for t in between if not _is_exempt(nodes[t.owner], t)]
        percents += [max(_held(between, owned)) for owned in two]
    highest = min(max(percents), FULL)
    return highest if highest >= PARTNER_FROM else ZERO


def _held(ties: list[Holding], owned: str) -> tuple[Decimal, Decimal]:
    """Capital and votes of `owned` in these hands, in percent; unknown votes follow the capital."""
    of_it = [tie for tie in ties if tie.owned == owned]
    capital = sum((tie.capital or ZERO for tie in of_it), ZERO)
    votes = sum((_votes(tie) for tie in of_it), ZERO)
    return min(capital, FULL), min(votes, FULL)


def _votes(tie: Holding) -> Decimal:
    return tie.votes if tie.votes is not None else (tie.capital or ZERO)


def _highest(tie: Holding) -> Decimal:
    return max(tie.capital or ZERO, _votes(tie))


def _counts(nodes: Mapping[str, Enterprise], tie: Holding) -> bool:
    """A person without an enterprise of their own links nothing (Art. 3(3) subpara. 4)."""
    return all(nodes[key].investor is not Investor.PERSON for key in (tie.owner, tie.owned))


def _is_exempt(owner: Enterprise, tie: Holding) -> bool:
    """Investors of Art. 3(2) stay out up to 50 %, as long as they do not control."""
    return (
        owner.investor not in (Investor.NONE, Investor.PERSON)
        and _highest(tie) <= MAJORITY
        and not tie.controls
    )


def _is_unknown(nodes: Mapping[str, Enterprise], tie: Holding) -> bool:
    is_silent = tie.capital is None and tie.votes is None and not tie.controls
    return is_silent and _counts(nodes, tie)


def _member(
    own: str,
    key: str,
    enterprise: Enterprise,
    home: Block,
    blocks: Mapping[str, Block],
    shares: Mapping[Block, Decimal],
) -> Member:
    if key == own:
        return Member(enterprise, Relation.SELF, FULL)
    if key in home:
        return Member(enterprise, Relation.LINKED, FULL)
    share = shares[blocks[key]]
    return Member(enterprise, Relation.PARTNER if share else Relation.AUTONOMOUS, share)


def _public_share(own: str, nodes: Mapping[str, Enterprise], ties: list[Holding]) -> Decimal:
    """Percent of `own` in public hands, directly or through enterprises that public bodies control.

    Exempt investors of Art. 3(2) are left out up to 50 %; several bodies count jointly.
    """
    public = {key for key, node in nodes.items() if node.is_public}
    while True:
        grown = {
            tie.owned
            for tie in ties
            if tie.owner in public
            and tie.owned not in public | {own}
            and (tie.controls or _held(_from(ties, public), tie.owned)[1] > MAJORITY)
        }
        if not grown:
            break
        public |= grown
    direct = [t for t in _from(ties, public) if not _is_exempt(nodes[t.owner], t)]
    if any(tie.controls for tie in direct if tie.owned == own):
        return FULL
    return max(_held(direct, own))


def _from(ties: list[Holding], owners: set[str]) -> list[Holding]:
    return [tie for tie in ties if tie.owner in owners]


def _sum(one: Decimal | None, other: Decimal | None, share: Decimal) -> Decimal | None:
    return None if one is None or other is None else one + other * share / FULL
