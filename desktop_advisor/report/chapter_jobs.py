"""Employment and qualification: ages, what is to be learned, and each job with its demand."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import KeepTogether, Spacer

from desktop_advisor.domain.language import say
from desktop_advisor.report import passage_keys as keys
from desktop_advisor.report import theme as look
from desktop_advisor.report.chapters_overview import Story, chapter, explained, passage, section
from desktop_advisor.report.explained import EXPLAINED
from desktop_advisor.report.fonts import REGULAR
from desktop_advisor.report.jobs_chart import AgeBar, AgeChart, SkillScale, age_chart, skill_scale
from desktop_advisor.report.jobs_model import Job, JobsChapter, Line
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.pages import subheading
from desktop_advisor.report.phrases import NOTHING
from desktop_advisor.report.sketches import Sketch
from desktop_advisor.report.tables import bare, ruled
from desktop_advisor.report.theme import BODY_WIDTH, Theme, brief, text

_AGE_ROW, _AGE_LABEL, _AGE_FIGURE = 17.0, 66.0, 62.0
_SCALE_WIDTH = 110.0


def jobs(model: ReportModel, theme: Theme) -> Story:
    """The chapter; nothing where no table of jobs was filled."""
    about = model.jobs
    if about is None:
        return []
    story = chapter(say("Beschäftigung und Qualifikation"), theme, room=260)
    story += explained(model, "jobs", theme.body)
    story += passage(keys.JOBS_TOLD_BY, about.told_by, theme.aside)
    story += [text(sentence, theme.aside) for sentence in about.masked]
    if about.ages:
        story += [*section(say("Altersstruktur"), theme, room=150), _ages(about, theme)]
        story += [Spacer(1, 3), text(about.ages_spoken, theme.small)]
    if about.totals:
        story += [*section(say("Zusammen"), theme), _lines(about.totals, theme)]
    if about.learning:
        story += [*section(say("Was gelernt werden soll"), theme), _lines(about.learning, theme)]
    if about.jobs:
        story += section(say("Tätigkeiten"), theme, room=160)
        for key, job in zip(keys.hints(about.jobs), about.jobs, strict=True):
            story += _job(job, key, theme)
        if EXPLAINED["jobs_source"].stands_in(model):
            story += [Spacer(1, 8), *explained(model, "jobs_source", theme.small)]
    return story


def _lines(lines: tuple[Line, ...], theme: Theme) -> Any:
    rows = [[text(brief(i.label), theme.cell), text(i.value, theme.cell_right)] for i in lines]
    return ruled(rows, (BODY_WIDTH - 130, 130), theme=theme, padding=2.4)


def _ages(about: JobsChapter, theme: Theme) -> Sketch:
    return age_bars(theme, age_chart(about.ages), BODY_WIDTH)


def age_bars(theme: Theme, chart: AgeChart, width: float) -> Sketch:
    """The bars of the screen; the oldest two bands are hatched."""
    height = _AGE_ROW * len(chart.bars)
    room = width - _AGE_LABEL - _AGE_FIGURE

    def paint(canvas: Any) -> None:
        for number, bar in enumerate(chart.bars):
            y = height - (number + 1) * _AGE_ROW
            _age_bar(canvas, theme, bar, y, max(1.0, bar.length * room))

    return Sketch(width, height + 4, paint, alt=chart.spoken)


def _age_bar(canvas: Any, theme: Theme, bar: AgeBar, y: float, length: float) -> None:
    left, thick = _AGE_LABEL, 10.5
    canvas.setFont(REGULAR, 8.6)
    canvas.setFillColor(look.INK)
    canvas.drawString(0, y + 4.6, bar.label)
    canvas.drawString(left + length + 6, y + 4.6, bar.figure)
    canvas.setStrokeColor(theme.main)
    canvas.setLineWidth(0.8)
    canvas.setFillColor(theme.tint if bar.is_elder else theme.main)
    canvas.rect(left, y + 2, length, thick, stroke=1, fill=1)
    if bar.is_elder:
        _hatch(canvas, left, y + 2, length, thick)


def _hatch(canvas: Any, left: float, bottom: float, width: float, height: float) -> None:
    """Strokes from bottom left to top right, cut off at the bar's edge."""
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(left, bottom, width, height)
    canvas.clipPath(path, stroke=0, fill=0)
    x = left - height
    while x < left + width:
        canvas.line(x, bottom, x + height, bottom + height)
        x += 4.5
    canvas.restoreState()


def _job(job: Job, hint: str, theme: Theme) -> Story:
    head = bare(
        [[subheading(text(brief(job.name), theme.entry)), text(job.about, theme.small_right)]],
        (BODY_WIDTH - 210, 210),
    )
    figures = [f"{label} {value}" for label, value in _figures(job) if value]
    story: Story = [Spacer(1, 9), head, text(" · ".join(figures) or NOTHING, theme.cell)]
    if job.skills:
        rows = [_skill(skill_scale(s.name, s.current, s.target), theme) for s in job.skills]
        widths = (BODY_WIDTH - _SCALE_WIDTH - 60, _SCALE_WIDTH + 16, 44)
        story += [Spacer(1, 3), ruled(rows, widths, theme=theme, padding=1.6, middle=True)]
    story += [Spacer(1, 3), *passage(hint, job.hint, theme.small)]
    if job.substitution and job.source:
        source = job.source.rstrip(".")
        story.append(text(say("Quelle zu „technisch ersetzbar“: {0}.").format(source), theme.small))
    return [KeepTogether(story)]


def _figures(job: Job) -> tuple[tuple[str, str], ...]:
    return (
        (say("Lücke"), job.gap),
        (say("Bedarf in 3 Jahren"), job.demand3),
        (say("in 5 Jahren"), job.demand5),
        (say("Abgänge in 5 Jahren"), job.exits),
        (say("zu besetzen oder zu qualifizieren"), job.need),
        (say("55 Jahre und älter"), job.over_55),
        (say("technisch ersetzbar"), job.substitution),
    )


def _skill(scale: SkillScale, theme: Theme) -> list[Any]:
    return [
        text(brief(scale.name), theme.cell),
        skill_line(theme, scale, _SCALE_WIDTH),
        text(scale.text, theme.cell_right),
    ]


def skill_line(theme: Theme, scale: SkillScale, width: float, height: float = 11) -> Sketch:
    """A dot for what is, an arrow to what should be; a ring where the target is reached."""

    def paint(canvas: Any) -> None:
        middle = height / 2
        canvas.setStrokeColor(look.NET)
        canvas.setLineWidth(0.7)
        canvas.line(0, middle, width, middle)
        for level in range(5):
            canvas.line(level / 4 * width, middle - 2.6, level / 4 * width, middle + 2.6)
        canvas.setStrokeColor(theme.main)
        canvas.setFillColor(theme.main)
        canvas.setLineWidth(1.5)
        if scale.current is not None and scale.target is not None and scale.has_step:
            end = scale.target * width
            canvas.line(scale.current * width, middle, end - 5, middle)
            _arrow_head(canvas, end, middle)
        elif scale.target is not None:
            canvas.setFillColor(look.WHITE)
            canvas.circle(scale.target * width, middle, 3.8, stroke=1, fill=1)
            canvas.setFillColor(theme.main)
        if scale.current is not None:
            canvas.circle(scale.current * width, middle, 2.5, stroke=0, fill=1)

    return Sketch(width, height, paint)


def _arrow_head(canvas: Any, x: float, y: float) -> None:
    path = canvas.beginPath()
    path.moveTo(x, y)
    path.lineTo(x - 6, y + 3.4)
    path.lineTo(x - 6, y - 3.4)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
