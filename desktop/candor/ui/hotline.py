"""Report a concern: whom to call and which agencies to turn to; open even before unlocking."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from candor.ui.widgets import Card, Columns, IconLine, Page, PageHead, RichText, column, strong


@dataclass(frozen=True)
class Hotline:
    """What the page says; the company's code pack supplies it.

    ``lines``: (number or address, when or what for). ``agencies``: (name, how to reach it).
    ``promises``: sentences on confidentiality and retaliation.
    """

    lines: tuple[tuple[str, str], ...]
    agencies: tuple[tuple[str, str], ...]
    promises: tuple[str, ...]


class HotlinePage(Page):
    """The hotline and the agencies, with nothing stored and nothing sent."""

    def __init__(self, hotline: Hotline) -> None:
        super().__init__()
        self.add(
            PageHead(
                "Report a concern",
                "You can call, or go to an agency, without telling anybody at the Company.",
            )
        )
        call = Card(title="Call or write")
        for number, when in hotline.lines:
            icon = "info" if any(map(str.isalpha, number)) else "phone"
            call.add(IconLine(icon, "accent", strong(number), "\n", when))
        agencies = Card(title="Agencies")
        for name, how in hotline.agencies:
            agencies.add(IconLine("landmark", "accent", strong(name), "\n", how))
        agencies.add(
            RichText(
                "You may go to an agency at any time, before or instead of the Company, and you "
                "may receive an award.",
                kind="note",
            )
        )
        left = Card(title="You should know")
        for promise in hotline.promises:
            left.add(IconLine("hand", "text2", promise))
        left.add(
            IconLine(
                "info",
                "text2",
                "Other people who use this laptop could find traces of what you do on it. To stay "
                "anonymous, call from another phone.",
            )
        )
        holder = QWidget()
        holder.setLayout(column(call, agencies, space=16))
        self.add(Columns(holder, left))
