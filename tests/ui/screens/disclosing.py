"""What the tests of telling and following share: pages in front, what they say, what is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from a_company import SECRET
from hands import Hands
from PySide6.QtWidgets import QWidget
from village import fill

from candor.app import (
    matter_drafts,
)
from candor.ui.shell import Shell
from candor.ui.widgets import RichText

Enter = Callable[..., Shell]


def said(page: QWidget) -> str:
    """Everything that can be read on a page now."""
    texts = (text for text in page.findChildren(RichText) if text.isVisible())
    return " | ".join(text.plain().replace("\N{NO-BREAK SPACE}", " ") for text in texts)


def front(shell: Shell, hands: Hands, kind: str) -> Any:
    """The page in front, once it is of that class and nothing runs behind it."""
    hands.until(lambda: type(shell.stack.currentWidget()).__name__ == kind)
    hands.rest()
    return shell.stack.currentWidget()


def case_page(shell: Shell, hands: Hands, case: str) -> Any:
    """The page of a matter."""
    page: Any = shell.page("disclosures")
    page.open_item(case)
    shown = front(shell, hands, "CasePage")
    hands.until(shown.way.isVisible)
    return shown


def form_page(shell: Shell, hands: Hands, case: str) -> Any:
    """A matter that was begun."""
    page: Any = shell.page("disclosures")
    page.go_on(case)
    shown = front(shell, hands, "MatterFormPage")
    hands.until(shown.form.pane.is_whole)
    return shown


def given(page: Any, name: str) -> None:
    """Type name and passphrase."""
    page.signer.name_field().setText(name)
    page.signer.passphrase_field().setText(SECRET)


def answered(draft: matter_drafts.MatterDraft, **answers: Any) -> None:
    """Answer everything."""
    fill(draft, answers)
