"""Names of the Company's people, offered while a name is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from candor.forms.kinds import Kind
from candor.ui.fields.typed import ASKS


def suggest(widget: QWidget, names: tuple[str, ...]) -> None:
    """Offer names in a line that asks for a person; any other name may be typed as well."""
    if not isinstance(widget, QLineEdit) or widget.property(ASKS) != Kind.PERSON.value:
        return
    if widget.completer() is not None or not names:
        return
    completer = QCompleter(sorted(names), widget)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    widget.setCompleter(completer)
    # after the line has taken the name: only then is there something to read
    completer.activated.connect(widget.textEdited)
