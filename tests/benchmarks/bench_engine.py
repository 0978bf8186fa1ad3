"""How fast a questionnaire loads and answers, beside one full recalculation by lxml (`make bench`).

Times depend on the machine, so the aim is a ratio within one run: lxml evaluates every expression
of the same form once over the same values; an engine without a graph does that per answer.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from time import perf_counter

from lxml import etree

from desktop_advisor.questionnaire.rules import Facts, compile_condition
from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.questionnaire.xform import XForm, read_xform

QUESTIONS, SCORES, RULES = 150, 30, 40
LARGE = 1_000
ROUNDS = 5
XML = str.maketrans({"<": "&lt;", ">": "&gt;", "&": "&amp;"})


def clock() -> datetime:
    return datetime(2026, 11, 22, 13, 30, tzinfo=UTC)


class BenchForm:
    """Questions in groups of five, each group and every third question with a condition; sums of
    five answers each as score rows; rules over the scores.

    expressions: path → all expressions of the form, as pure XPath 1.0.
    """

    def __init__(self, questions: int, scores: int) -> None:
        self.paths = [f"/data/g{number // 5}/q{number}" for number in range(questions)]
        self.scores = [f"/data/s{number}" for number in range(scores)]
        self.expressions: list[tuple[str, str, str]] = []
        for number, path in enumerate(self.paths):
            if number % 3 == 2:
                before = self.paths[number - 2]
                self.expressions.append((path, "relevant", f"{before} >= 2 or {before} = ''"))
            self.expressions.append((path, "required", f"{self.paths[number // 5 * 5]} != ''"))
        for number in range(5, questions, 5):
            relevant = f"{self.paths[number - 5]} != '5'"
            self.expressions.append((f"/data/g{number // 5}", "relevant", relevant))
        for number, path in enumerate(self.scores):
            parts = [self.paths[(number * 5 + k) % questions] for k in range(5)]
            total = " + ".join(f"number(concat('0', {part}))" for part in parts)
            self.expressions.append((path, "calculate", f"round(20 * ({total}) div 5) div 20"))

    def xml(self) -> str:
        groups = [self.paths[first : first + 5] for first in range(0, len(self.paths), 5)]
        instance, body = "", ""
        for number, group in enumerate(groups):
            names = [path.rpartition("/")[2] for path in group]
            instance += f"<g{number}>{''.join(f'<{name}/>' for name in names)}</g{number}>"
            body += f"<group ref='/data/g{number}'>{''.join(map(_select, group))}</group>"
        instance += "".join(f"<{path.rpartition('/')[2]}/>" for path in self.scores)
        binds = "".join(
            f'<bind nodeset="{path}" {aspect}="{text.translate(XML)}"/>'
            for path, aspect, text in self.expressions
        )
        return (
            "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml'>"
            f"<h:head><h:title>T</h:title><model><instance><data id='b'>{instance}</data>"
            f"</instance>{binds}</model></h:head><h:body>{body}</h:body></h:html>"
        )


def _select(path: str) -> str:
    items = "".join(f"<item><label>{n}</label><value>{n}</value></item>" for n in range(6))
    return f"<select1 ref='{path}'><label>{path}</label>{items}</select1>"


def lxml_recalculation(form: BenchForm) -> Callable[[], None]:
    """Every expression once, compiled beforehand, over a filled instance."""
    root = etree.Element("data")
    for path in (*form.paths, *form.scores):
        parent = root
        for name in path.split("/")[2:]:
            found = parent.find(name)
            parent = etree.SubElement(parent, name) if found is None else found
        parent.text = "3"
    compiled = [
        (etree.XPath(text), root.xpath(path)[0])  # type: ignore[index]
        for path, _, text in form.expressions
    ]

    def run() -> None:
        for evaluate, element in compiled:
            evaluate(element)

    return run


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def answer_times(form: XForm, paths: list[str]) -> list[float]:
    """One answer to every question of a session, and then another."""
    session = FormSession(form, now=clock)
    return [
        seconds(lambda p=path, v=value: session.set_value(p, v))  # type: ignore[misc]
        for value in ("3", "1")
        for path in paths
    ]


def rule_time(count: int) -> float:
    """All rules once over the facts of a case."""
    names = [f"score_d{number:02}" for number in range(1, 12)]
    facts = Facts({name: str(number / 3) for number, name in enumerate(names)})
    conditions = [
        compile_condition(f"${{{names[n % 11]}}} < 2 and ${{{names[(n + 3) % 11]}}} > 1", names)
        for n in range(count)
    ]
    return min(seconds(lambda: [c(facts, clock()) for c in conditions]) for _ in range(ROUNDS))


def measured(title: str, questions: int, scores: int) -> list[tuple[str, float, float]]:
    """Rows of the table: what, seconds, ratio to one recalculation by lxml."""
    form = BenchForm(questions, scores)
    xml = form.xml()
    whole = lxml_recalculation(form)
    beside = min(seconds(whole) for _ in range(ROUNDS))
    read = read_xform(xml)
    load = min(seconds(lambda: FormSession(read_xform(xml), now=clock)) for _ in range(ROUNDS))
    again = min(seconds(lambda: FormSession(read, now=clock)) for _ in range(ROUNDS))
    times = answer_times(read, form.paths)
    found = {
        "lxml, one recalculation": beside,
        "read and open": load,
        "open again": again,
        "answer, median": median(times),
        "answer, worst": max(times),
    }
    return [(f"{title}: {what}", time, time / beside) for what, time in found.items()]


def main() -> None:
    rows = measured(f"{QUESTIONS} questions, {SCORES} scores", QUESTIONS, SCORES)
    rows.append((f"{RULES} rules", rule_time(RULES), rule_time(RULES) / rows[0][1]))
    rows += measured(f"{LARGE} questions, {LARGE // 5} scores", LARGE, LARGE // 5)
    width = max(len(what) for what, _, _ in rows)
    for what, time, ratio in rows:
        sys.stdout.write(f"{what:<{width}}  {time * 1_000:9.3f} ms  {ratio:8.2f} x lxml\n")


if __name__ == "__main__":
    main()
