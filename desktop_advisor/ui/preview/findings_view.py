"""What is wrong with a workbook, for its editor: as a banner over the form, or on a page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop_advisor.questionnaire.authoring.findings import Finding
from desktop_advisor.ui.theme.spacing import XXL, L
from desktop_advisor.ui.widgets import Banner, Label, column, scrolling, spacer

IN_BANNER = 4
ON_PAGE = 100


class FindingsBanner(Banner):
    """Over the form that goes on: the first findings; gone when there are none."""

    def show_findings(self, file: str, errors: Sequence[Finding]) -> None:
        """The errors of a changed file; () takes the banner away."""
        if not errors:
            self.say_nothing()
            return
        lines = [str(error) for error in errors[:IN_BANNER]]
        if len(errors) > IN_BANNER:
            lines.append(self.tr("… und {0} weitere").format(len(errors) - IN_BANNER))
        self.say(
            self.tr("„{0}“ hat {1} Fehler.").format(file, len(errors)),
            safe=self.tr("Zu sehen ist der letzte fehlerfreie Stand."),
            todo="\n".join(lines),
        )


class FindingsPage(QWidget):
    """Instead of the form that cannot be opened yet: all findings, until the file is mended."""

    def __init__(self) -> None:
        super().__init__()
        self.banner = Banner()
        self.list = Label(wrap=True)
        content = QWidget()
        margins = (XXL, L, XXL, L)
        content.setLayout(column(self.banner, self.list, spacer(), gap=L, margins=margins))
        self.setLayout(column(scrolling(content)))

    def show_findings(self, file: str, errors: Sequence[Finding]) -> None:
        """The errors of the file."""
        self.banner.say(
            self.tr("„{0}“ hat {1} Fehler und lässt sich noch nicht zeigen.").format(
                file, len(errors)
            ),
            todo=self.tr("Berichtigen und speichern Sie die Datei; die Vorschau öffnet sich dann."),
        )
        self.list.setText("\n\n".join(str(error) for error in errors[:ON_PAGE]))

    def show_error(self, error: Exception) -> None:
        """A file that cannot be read at all."""
        self.banner.say_error(error)
        self.list.setText("")
