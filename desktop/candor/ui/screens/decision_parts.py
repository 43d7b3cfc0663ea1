"""The left of a decision: what was asked, the rule in plain words, like cases, what was tried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QWidget

from candor.app.matter_caveats import Caveats
from candor.app.matter_deciding import MatterSheet
from candor.policy.terms import Severity
from candor.ui.screens.facts_card import FactsCard
from candor.ui.widgets import Card, IconLine, Label, RichText, Rule, column, row, strong

ABSENCE_SIGNED = "The absence is signed and on file. After it your signature would not count."
_TONES = {Severity.HIGH.value: "stopped", Severity.MEDIUM.value: "needs"}


def ground(sheet: MatterSheet, found: Caveats) -> QWidget:
    """Everything that a decider needs to know, in one column."""
    whole = QWidget()
    whole.setLayout(column(*_cards(sheet, found), space=16))
    return whole


def _cards(sheet: MatterSheet, found: Caveats) -> Iterator[Card]:
    yield FactsCard(sheet.facts, "What was asked")
    yield rule(sheet)
    if sheet.asked:
        pairs = [(text, state) for text, state in sheet.asked]
        yield pairs_card("What was asked back", pairs, "")
    if found.void:
        yield attempts(found)
    yield pairs_card("Like cases", sheet.like_cases, "None of this kind was decided yet.")


def rule(sheet: MatterSheet) -> Card:
    """The clause in plain words, what the rules flag, and why the matter came here."""
    card = Card(title="The rule", aside=Label(sheet.rule_source, "note", elide=True), narrow=True)
    if sheet.rule_text:
        card.add(RichText(sheet.rule_text))
    for severity, reason in sheet.flags:
        card.add(IconLine("circle-alert", _TONES.get(severity, "text2"), reason))
    if sheet.began_before:
        said = "It began before anybody allowed it, so a yes is a ratification."
        card.add(IconLine("circle-alert", "needs", said))
    card.add(IconLine("scale", "accent", strong("Why it came to you: "), sheet.route_reason))
    return card


def attempts(found: Caveats) -> Card:
    """Decisions that were signed and do not count, each with the reason."""
    card = Card(title="Kept, and without effect", narrow=True)
    for what, who, why in found.void:
        card.add(IconLine("octagon-x", "stopped", strong(f"Void: {what}. "), f"{who}. {why}"))
    return card


def pairs_card(title: str, pairs: Sequence[tuple[str, str]], nothing: str) -> Card:
    """Names at the left, what became of them at the right."""
    card = Card(title=title, narrow=True)
    if not pairs:
        card.add(RichText(nothing, kind="second"))
    for at, (name, said) in enumerate(pairs):
        if at:
            card.add(Rule())
        line = QWidget()
        inside = row(space=12)
        inside.addWidget(RichText(name), 3)
        inside.addWidget(RichText(said, kind="second"), 2)
        line.setLayout(inside)
        card.add(line)
    return card
