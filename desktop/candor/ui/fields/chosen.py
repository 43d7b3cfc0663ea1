"""Fields one chooses in: yes or no, one of several, several, and a statement to accept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from candor.forms.definition import text_in
from candor.forms.kinds import Kind, Value
from candor.forms.words import words
from candor.ui import style
from candor.ui.fields.base import Field, Spec
from candor.ui.widgets import CheckBox, Chooser, Label, RichText, Segments, column, row


class YesNoField(Field):
    """Yes and No side by side."""

    def __init__(self, spec: Spec, language: str, parent: QWidget | None = None) -> None:
        super().__init__(spec, language, parent)
        said = words(language)
        self.segments = Segments((("yes", said.yes), ("no", said.no)), clearable=True)
        self.setLayout(row(self.segments, space=0))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.segments.chosen.connect(lambda _key: self.chosen())

    def value(self) -> Value | None:
        """True, False or None."""
        return {"yes": True, "no": False}.get(self.segments.value())

    def show_value(self, value: Value | None) -> None:
        """Show yes, no or nothing."""
        key = "yes" if value is True else "no" if value is False else ""
        self.segments.set_value(key)

    def set_name(self, name: str) -> None:
        """Name both buttons."""
        said = words(self.language)
        for key, word in (("yes", said.yes), ("no", said.no)):
            self.segments.button(key).setAccessibleName(f"{name} {word}")

    def first(self) -> QWidget:
        """The chosen button, else Yes."""
        return self.segments.button(self.segments.value() or "yes")


class ChoiceField(Field):
    """One of several."""

    def __init__(self, spec: Spec, language: str, parent: QWidget | None = None) -> None:
        super().__init__(spec, language, parent)
        offered = [(c.key, text_in(c.label, language)) for c in spec.choices]
        if spec.kind is Kind.YES_NO:
            offered = [("yes", words(language).yes), ("no", words(language).no)]
        self.chooser = Chooser(offered, placeholder="Choose an answer")
        self.chooser.setMinimumWidth(style.px(200))
        self.chooser.setMaximumWidth(style.px(480))
        self.setLayout(column(self.chooser, space=0))
        self.setFocusProxy(self.chooser)
        self.chooser.activated.connect(lambda _at: self.chosen())

    def value(self) -> Value | None:
        """The key chosen, or None."""
        key = self.chooser.value()
        if self.spec.kind is Kind.YES_NO:
            return {"yes": True, "no": False}.get(key)
        return key or None

    def show_value(self, value: Value | None) -> None:
        """Show a choice."""
        if self.spec.kind is Kind.YES_NO:
            value = "yes" if value is True else "no" if value is False else ""
        self.chooser.set_value(value if isinstance(value, str) else "")

    def first(self) -> QWidget:
        """The drop-down."""
        return self.chooser


class ManyField(Field):
    """Any number of several."""

    def __init__(self, spec: Spec, language: str, parent: QWidget | None = None) -> None:
        super().__init__(spec, language, parent)
        self._boxes: dict[str, CheckBox] = {}
        lines = column(space=4)
        for choice in spec.choices:
            label = text_in(choice.label, language)
            box = CheckBox()
            box.setAccessibleName(label)
            box.clicked.connect(lambda _on: self.chosen())
            words_beside = _PressLabel(label, box)
            line = row(box, space=8)
            line.addWidget(words_beside, 1)
            line.setAlignment(box, Qt.AlignmentFlag.AlignTop)
            lines.addLayout(line)
            self._boxes[choice.key] = box
        self.setLayout(lines)

    def value(self) -> Value | None:
        """The keys ticked, in the form's order; None where there is none."""
        return [key for key, box in self._boxes.items() if box.isChecked()] or None

    def show_value(self, value: Value | None) -> None:
        """Tick the keys."""
        ticked = value if isinstance(value, list) else []
        for key, box in self._boxes.items():
            box.setChecked(key in ticked)

    def set_name(self, name: str) -> None:
        """Name the group."""
        self.setAccessibleName(name)

    def first(self) -> QWidget:
        """The first box."""
        return next(iter(self._boxes.values()), self)


class AcceptField(Field):
    """A statement to accept."""

    def __init__(self, spec: Spec, language: str, parent: QWidget | None = None) -> None:
        super().__init__(spec, language, parent)
        self.box = CheckBox(words(language).accepted)
        self.setLayout(row(self.box, 1, space=0))
        self.box.clicked.connect(lambda _on: self.chosen())

    def value(self) -> Value | None:
        """True, or None."""
        return True if self.box.isChecked() else None

    def show_value(self, value: Value | None) -> None:
        """Show whether it was accepted."""
        self.box.setChecked(value is True)

    def first(self) -> QWidget:
        """The box."""
        return self.box


class SignatureField(Field):
    """Stands where the signature question is asked; the signing page asks for the name."""

    def __init__(self, spec: Spec, language: str, parent: QWidget | None = None) -> None:
        super().__init__(spec, language, parent)
        self._line = Label("You sign on the last page, after the review.", "second")
        self.setLayout(column(self._line, space=0))

    def value(self) -> Value | None:
        """Nothing: the signing page asks."""
        return None

    def show_value(self, value: Value | None) -> None:
        """Nothing to show before signing."""


class _PressLabel(RichText):
    """Words beside a box; pressing them presses the box."""

    def __init__(self, text: str, box: CheckBox) -> None:
        super().__init__(text)
        self._box = box

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Press the box."""
        self._box.click()
