"""Whatever is published and compared, over any history, speaks of five companies or of none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.server.indicators.facts import CellKey, KeptFigure, cells_of
from sync.server.indicators.joined import leads_of
from sync.server.indicators.published import advanced
from sync.server.indicators.release import Cell, Contribution, advance, decode, drop, encode
from sync.server.indicators.tables import FEWEST_COMPARED, Published, groups_of, tables_of
from tests.sync.indicators.figure_bodies import figure

DISTRICTS = ("14524", "14511", "14523")
HALF = Contribution("1", 5_000)


def counted(*companies: str) -> dict[str, Contribution]:
    return dict.fromkeys(companies, Contribution())


def shown(cell: Cell, today: Mapping[str, Contribution]) -> Cell:
    return advance(cell, today, is_measured=False)


def test_four_companies_are_nothing_and_five_are_a_number() -> None:
    four = shown(Cell(), counted(*"abcd"))
    assert (four.n, four.batches) == (0, ())
    assert shown(four, counted(*"abcde")).n == 5


def test_a_sixth_company_waits_for_four_more() -> None:
    five = shown(Cell(), counted(*"abcde"))
    assert shown(five, counted(*"abcdef")).n == 5
    assert shown(five, counted(*"abcdefghi")).n == 5
    assert shown(five, counted(*"abcdefghij")).n == 10


def test_six_that_came_and_five_that_left_do_not_leave_one() -> None:
    ten = shown(Cell(), counted(*"0123456789"))
    sixteen = shown(ten, counted(*"0123456789abcdef"))
    assert shown(sixteen, counted(*"0123456789f")).n == 16


def test_a_batch_that_left_as_a_whole_comes_back_without_a_newcomer() -> None:
    cell = shown(Cell(), counted(*"abcde"))
    gone = shown(cell, {})
    assert (gone.n, shown(gone, counted(*"abcd")).n) == (0, 0)
    assert shown(gone, counted(*"abcdef")).n == 5
    assert shown(gone, counted(*"abcdp")).n == 0


def test_a_mean_that_was_taken_back_does_not_come_back_with_one_value_changed() -> None:
    gone = advance(
        advance(Cell(), dict.fromkeys("abcde", HALF), is_measured=True), {}, is_measured=True
    )
    one = {**dict.fromkeys("abcde", HALF), "a": Contribution("2", 9_000)}
    assert advance(gone, one, is_measured=True).n == 0


def test_a_batch_comes_back_in_part_only_if_five_stay_away() -> None:
    gone = shown(shown(Cell(), counted(*"0123456789")), {})
    assert gone.n == 0
    assert shown(gone, counted(*"012345")).n == 0
    assert shown(gone, counted(*"01234")).n == 5


def test_a_mean_at_the_edge_of_the_scale_is_not_shown_for_it_would_be_everybodys() -> None:
    all_full = dict.fromkeys("abcde", Contribution("1", 10_000))
    assert advance(Cell(), all_full, is_measured=True).n == 0
    assert advance(Cell(), dict.fromkeys("abcde", HALF), is_measured=True).n == 5


def test_a_new_value_of_one_company_changes_no_mean_and_new_values_of_all_do() -> None:
    first = advance(Cell(), dict.fromkeys("abcde", HALF), is_measured=True)
    one = {**dict.fromkeys("abcde", HALF), "a": Contribution("2", 9_000)}
    assert advance(first, one, is_measured=True).total == first.total
    eight = advance(Cell(), dict.fromkeys("abcdefgh", HALF), is_measured=True)
    five_of_eight = dict.fromkeys("abcde", Contribution("2", 6_000)) | dict.fromkeys("fgh", HALF)
    assert advance(eight, five_of_eight, is_measured=True).total == eight.total
    all_new = dict.fromkeys("abcde", Contribution("2", 6_000))
    assert advance(first, all_new, is_measured=True).total == 30_000


def test_an_offer_that_all_but_one_use_is_not_counted() -> None:
    used = [figure(f"c{n}") for n in range(9)] + [figure("c9", offers=[])]
    cells = advanced({}, cells_of(used))
    assert cells[CellKey("district", "14524")].n == 10
    assert CellKey("offer", "sgb3-82") not in cells
    more = used + [figure(f"d{n}", offers=[]) for n in range(4)]
    assert advanced(cells, cells_of(more))[CellKey("offer", "sgb3-82")].n == 9


def test_an_erased_company_leaves_its_number_and_no_trace_of_itself() -> None:
    cell = drop(shown(Cell(), counted(*"abcde")), "a")
    assert cell.n == 5
    assert b'"a"' not in encode(cell)
    assert decode(encode(cell)) == cell
    assert shown(cell, counted(*"bcde")).n == 5


def test_what_nobody_agreed_to_is_in_no_table() -> None:
    means_only = [figure(f"c{n}", month="", offers=[], referrals=[]) for n in range(10)]
    tables = {t.key: t for t in tables_of(seen(advanced({}, cells_of(means_only))), {})}
    assert {key for key, table in tables.items() if table.rows} == {"mean"}
    counts_only = [figure(f"c{n}", dimensions={}) for n in range(10)]
    tables = {t.key: t for t in tables_of(seen(advanced({}, cells_of(counts_only))), {})}
    assert not tables["mean"].rows
    assert tables["district"].total == 10


def test_several_cases_of_one_company_are_one_company() -> None:
    cases = [KeptFigure(f"k{n}", "one", n, figure("one").body) for n in range(20)]
    assert advanced({}, cells_of(cases)) == {}


def test_what_cannot_be_is_left_out() -> None:
    odd = [
        figure(f"c{n}", district="Zwickau GmbH", offers=["Müller GmbH"], dimensions={"D07": 101})
        for n in range(30)
    ]
    rows = {
        (t.key, row.label)
        for t in tables_of(seen(advanced({}, cells_of(odd))), {})
        for row in t.rows
    }
    assert ("district", "nicht angegeben") in rows
    assert {key for key, _ in rows} == {"district", "branch", "size", "month"}
    assert (
        cells_of([KeptFigure("k", "c", 1, raw) for raw in (b"", b"[", b"{}", b'{"schema":2}')])
        == {}
    )


def seen(cells: Mapping[CellKey, Cell]) -> Published:
    """As if every number had changed just now."""
    return Published(cells, dict.fromkeys(cells, 1))


# -- somebody who keeps every page ------------------------------------------------------------

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ("arrive", "arrive", "change", "move", "leave", "return", "purge", "join", "part")
        ),
        st.sampled_from((1, 2, 4, 5, 6, 7, 10)),
        st.integers(0, 2**16),
    ),
    min_size=2,
    max_size=10,
)


class Region:
    """Companies that come, change, are joined and go; and all that was ever published of them.

    published: cell → each number in the order of time. behind: the same as the unknowns it is truly
    the sum of, one for each company and version. values: unknown → its value.
    """

    def __init__(self) -> None:
        self.figures: dict[str, KeptFigure] = {}
        self.away: dict[str, KeptFigure] = {}
        self.joined: dict[str, str] = {}
        self.cells: dict[CellKey, Cell] = {}
        self.bare: dict[CellKey, Cell] = {}
        self.written = 0
        self.published: dict[CellKey, list[tuple[int, int]]] = {}
        self.behind: dict[CellKey, list[frozenset[str]]] = {}
        self.entered: dict[tuple[CellKey, str], str] = {}
        self.values: dict[str, int] = {}

    def step(self, kind: str, many: int, seed: int) -> None:
        source = sorted(self.away if kind == "return" else self.figures)
        chosen = list(
            dict.fromkeys(source[(seed + n) % len(source)] for n in range(many) if source)
        )
        if kind == "arrive":
            chosen = [f"c{self.written + n}" for n in range(many)]
        for number, company in enumerate(chosen):
            self.act(kind, company, DISTRICTS[(seed + number // 3) % 3], seed)
        leads = leads_of(self.joined, {*self.figures, *self.away})
        today = cells_of(self.figures.values(), leads)
        self.cells = advanced(self.cells, today, leads)
        self.bare = advanced(self.bare, today, leads)
        for key, cell in self.cells.items():
            self.note(key, cell)

    def act(self, kind: str, company: str, district: str, seed: int) -> None:
        if kind == "return":
            self.figures[company] = self.away.pop(company)
        elif kind == "leave":
            self.away[company] = self.figures.pop(company)
        elif kind == "join":
            others = sorted(self.figures)
            self.joined[company] = others[seed % len(others)]
        elif kind == "part":
            self.joined.pop(company, None)
        elif kind == "purge":
            del self.figures[company]
            self.joined.pop(company, None)
            self.bare = {key: drop(cell, company) for key, cell in self.bare.items()}
        else:
            self.written += 1
            points = 20 + (seed + 13 * self.written) % 60
            self.figures[company] = figure(
                company, self.written, district=district, dimensions={"D07": points}
            )

    def note(self, key: CellKey, cell: Cell) -> None:
        unknowns = []
        for batch in cell.batches:
            for company, item in batch.members.items():
                if item is not None:
                    name = f"{company} {item.version}"
                    self.entered[key, company], self.values[name] = name, item.value
                if batch.is_in:
                    unknowns.append(self.entered[key, company])
        self.published.setdefault(key, []).append((cell.n, cell.total))
        self.behind.setdefault(key, []).append(frozenset(unknowns))
        assert len(set(unknowns)) == cell.n


@settings(max_examples=100, deadline=None)
@given(STEPS)
def test_no_history_of_pages_speaks_of_fewer_than_five_companies(
    history: list[tuple[str, int, int]],
) -> None:
    """Linear algebra: companies that were in the same snapshots are interchangeable in all sums."""
    region = Region()
    for step in history:
        region.step(*step)
    numbers = {key: (cell.n, cell.total) for key, cell in region.cells.items()}
    assert {key: (cell.n, cell.total) for key, cell in region.bare.items()} == numbers
    for key, snapshots in region.behind.items():
        for (n, total), unknowns in zip(region.published[key], snapshots, strict=True):
            assert n == 0 or n >= 5
            assert not key.is_measured or total == sum(region.values[u] for u in unknowns)
        for one in snapshots:
            assert all(len(one ^ other) == 0 or len(one ^ other) >= 5 for other in snapshots)
        atoms = Counter(
            tuple(unknown in snapshot for snapshot in snapshots)
            for unknown in frozenset().union(*snapshots)
        )
        assert min(atoms.values(), default=5) >= 5


@settings(max_examples=30, deadline=None)
@given(STEPS)
def test_margins_hold_nothing_but_what_is_shown(history: list[tuple[str, int, int]]) -> None:
    region = Region()
    for step in history:
        region.step(*step)
        published = seen(region.cells)
        for table in tables_of(published, {}):
            assert all(row.n >= table.fewest for row in table.rows)
            assert table.total in (None, sum(row.n for row in table.rows))
        groups = list(groups_of(published))
        assert all(group.n >= FEWEST_COMPARED for group in groups)
        (means,) = [table for table in tables_of(published, {}) if table.is_measured]
        assert sum(row.n for row in means.rows) == sum(group.n for group in groups)
