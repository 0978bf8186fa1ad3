"""Closing chapters: liability, privacy and consents, signatures."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError
from reportlab.lib.utils import ImageReader
from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.german import short_date
from desktop_advisor.domain.language import say
from desktop_advisor.report import phrases
from desktop_advisor.report import theme as look
from desktop_advisor.report.chapters_overview import (
    Story,
    chapter,
    paragraphs,
    section,
    standing,
)
from desktop_advisor.report.frozen import content_hash, short_hash
from desktop_advisor.report.model import ReportModel, SignatureSlot
from desktop_advisor.report.pages import subheading
from desktop_advisor.report.pdf.seal_place import SealPlace
from desktop_advisor.report.sketches import Sketch
from desktop_advisor.report.tables import bare, ruled
from desktop_advisor.report.theme import BODY_WIDTH, Theme, brief, text

_PICTURE_HEIGHT = 58.0
_PAIR_HEIGHT = 116.0
"""Of two signatures beside each other with what they say: all of them stand on one page."""
_DRAFT = (
    "Diese Fassung ist vorläufig und nicht versiegelt. Die folgenden Sätze gelten für die "
    "versiegelte Fassung."
)
_COUNCIL_SIGNS = (
    "Die Unterschrift des Betriebsrats bedeutet „zur Kenntnis genommen“, nicht Zustimmung."
)
_UNSEALED = "Ist das Feld leer, so ist diese Fassung noch nicht versiegelt."


class UnreadableSignature(KnownError):
    """The picture of a drawn signature is no image."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Das Bild der Unterschrift von {name or 'unbekannt'} ist nicht lesbar.",
            safe="Der Inhalt des Berichts ist nicht betroffen.",
            todo="Bitte lassen Sie noch einmal unterschreiben.",
        )


def notices(model: ReportModel, theme: Theme) -> Story:
    """Cross-cutting aims, liability and neutrality, privacy with every consent."""
    story = chapter(say("Hinweise und Datenschutz"), theme, room=240)
    story += section(say("Querschnittsziele"), theme)
    story += standing(model, "principles", theme.body)
    story += section(say("Haftung und Neutralität"), theme)
    story += standing(model, "liability", theme.body)
    story += section(say("Datenschutz und Einwilligungen"), theme)
    story += standing(model, "privacy", theme.body)
    if not model.consents:
        return [*story, text(say("Es wurde keine Einwilligung erfasst."), theme.aside)]
    rows = [
        [
            text(consent.purpose, theme.cell),
            text(say("ja") if consent.is_granted else say("nein"), theme.cell_bold),
            text(consent.given_by or phrases.NOTHING, theme.cell),
            text(
                phrases.day(consent.given_on) if consent.given_on else phrases.NOTHING,
                theme.cell_right,
            ),
        ]
        for consent in model.consents
    ]
    header = (say("Zweck"), say("Einwilligung"), say("erteilt von"), say("am"))
    widths = (BODY_WIDTH - 264, 70, 128, 66)
    table = ruled(rows, widths, header=header, theme=theme, padding=2.6, right=(3,))
    return [*story, KeepTogether([table])]


def signatures(model: ReportModel, theme: Theme) -> Story:
    """The drawn signatures as pictures, and truthfully what each is worth."""
    worth: list[Any] = [
        subheading(text(say("Was die Unterschriften wert sind"), theme.label)),
        Spacer(1, 3),
        *paragraphs(_worth(model), theme.small),
        text(say("Prüfsumme des Inhalts (SHA-256): {0}").format(content_hash(model)), theme.small),
    ]
    slots = model.signatures or (SignatureSlot(role=say("Geschäftsführung")),)
    half = (BODY_WIDTH - 28) / 2
    cells = [*(_slot(slot, theme, half) for slot in slots), _seal(theme)]
    room = _PAIR_HEIGHT * ((len(cells) + 1) // 2) + 45
    story = chapter(say("Unterschriften"), theme, room=min(room, 600))
    story += _replaces(model, theme)
    for left in range(0, len(cells), 2):
        pair = cells[left : left + 2]
        row = [pair[0], "", pair[1] if len(pair) > 1 else ""]
        story += [KeepTogether([bare([row], (half, 28, half), middle=False)]), Spacer(1, 12)]
    return [*story, CondPageBreak(90), *worth]


def _worth(model: ReportModel) -> tuple[str, ...]:
    """What applies to this version: a draft bears no seal yet, some firms have no works council."""
    said = model.statements.signatures
    if model.company.has_works_council is False:
        said = tuple(line for line in said if line != say(_COUNCIL_SIGNS))
    return (say(_DRAFT), *said) if model.is_draft else said


def _seal(theme: Theme) -> Story:
    """Where the advisor's digital seal goes, and what an empty field means."""
    words = (text(say("Elektronisches Siegel"), theme.cell_bold), text(say(_UNSEALED), theme.small))
    return [SealPlace(), *words]


def _replaces(model: ReportModel, theme: Theme) -> Story:
    """Which version this one corrects and why, where those stand who sign it."""
    former = model.replaces
    if former is None:
        return []
    on = say(" vom {0}").format(short_date(former.sealed_on)) if former.sealed_on else ""
    words = say("Diese Fassung {0} ersetzt die Fassung {1}{2}").format(
        model.version, former.version, on
    )
    if former.content_hash:
        words += say(" (Prüfsumme {0})").format(short_hash(former.content_hash))
    why = say(". Grund: {0}").format(former.reason) if former.reason else "."
    return [text(words + why, theme.body)]


def _slot(slot: SignatureSlot, theme: Theme, width: float) -> Story:
    when = ", ".join(p for p in (brief(slot.place), phrases.moment(slot.signed_at)) if p)
    who = brief(" · ".join(p for p in (slot.name, slot.function or slot.role) if p))
    story: Story = [
        _picture(slot, width),
        text(who or say("Name, Funktion"), theme.cell_bold),
        text(when or say("Ort, Datum"), theme.small),
    ]
    return [*story, text(brief(slot.note), theme.small)] if slot.note else story


def _picture(slot: SignatureSlot, width: float) -> Sketch:
    image = _image(slot) if slot.image else None

    def paint(canvas: Any) -> None:
        if image is not None:
            canvas.drawImage(
                image,
                4,
                4,
                width - 8,
                _PICTURE_HEIGHT - 6,
                mask="auto",
                preserveAspectRatio=True,
                anchor="sw",
            )
        canvas.setStrokeColor(look.SOFT)
        canvas.setLineWidth(0.7)
        canvas.line(0, 2, width, 2)

    alt = (
        say("Unterschrift von {0}").format(slot.name or slot.role or say("unbekannt"))
        if image
        else ""
    )
    return Sketch(width, _PICTURE_HEIGHT, paint, alt=alt)


def _image(slot: SignatureSlot) -> Any:
    try:
        Image.open(BytesIO(slot.image)).verify()
        return ImageReader(BytesIO(slot.image))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise UnreadableSignature(slot.name) from broken
