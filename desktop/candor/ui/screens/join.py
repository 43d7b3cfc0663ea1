"""Joining with an invitation: file and code, the fingerprint, a passphrase, the recovery sheet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from candor.app import joining
from candor.app.files import read_whole
from candor.app.joining import InvitationView
from candor.app.vaults import VaultParts
from candor.app.words import day
from candor.clock import Clock
from candor.errors import CandorError
from candor.ui import tasks
from candor.ui.screens.import_view import size_words
from candor.ui.screens.invitations import big_code
from candor.ui.screens.sending import CANDOR_FILES
from candor.ui.screens.steps import Step, Steps, VaultStep
from candor.ui.widgets import Card, CheckBox, DropArea, Facts, LabelledField, RichText, strong

LARGEST = 64 * 1024 * 1024


class InvitationStep(Step):
    """The file and the code that came another way."""

    def __init__(self) -> None:
        super().__init__(
            "Join with an invitation",
            "Step 1 of 3: the Secretary sent you a file and told you a code.",
            "Read the invitation",
        )
        self.data = b""
        self.drop = DropArea(
            strong("Drop the invitation here"),
            ", or choose it.",
            second="A file that ends in .candor, from an e-mail or a stick.",
            button="Choose file",
            several=False,
            filter=CANDOR_FILES,
        )
        self.drop.dropped.connect(lambda paths: self.read(paths[0]))
        self.code = QLineEdit()
        self.code.setPlaceholderText("ABCDE-FGHJK-LMNPQ-RSTUV")
        self.field = LabelledField(
            "Code of 20 characters",
            self.code,
            hint="By telephone or in person. Capitals, spaces and dashes do not matter.",
        )
        self.code.returnPressed.connect(self.on.click)
        self.add(self.drop, Card(self.field))
        self.setFocusProxy(self.drop.button)

    def read(self, path: Path) -> None:
        """Take the file; its content is read with the code."""
        self.refusal.hide()
        try:
            self.data = read_whole(path, LARGEST)
        except CandorError as error:
            self.refusal.show_error(error)
            return
        self.drop.say(strong(path.name), second=f"{size_words(len(self.data))}. Now type the code.")
        self.code.setFocus()

    def drop_files(self, paths: tuple[Path, ...]) -> bool:
        """Take the file that was dropped."""
        self.read(paths[0])
        return True

    def fits(self) -> bool:
        """A file and a code."""
        typed = bool(self.code.text().strip())
        self.field.show_fault("" if typed else "Type the code that the Secretary told you.")
        if not self.data:
            self.refusal.show_error(
                CandorError("The file is missing.", hint="Drop it above or choose it.")
            )
        return typed and bool(self.data)


class FingerprintStep(Step):
    """Who invites whom, and the fingerprint to compare before anything is made."""

    def __init__(self, view: InvitationView) -> None:
        super().__init__(
            f"Is this the true {view.company}?",
            "Step 2 of 3: compare the fingerprint with the Secretary, by telephone or in person.",
            "Go on to your vault",
        )
        self.said = view
        self.same = CheckBox("I compared all the digits, and they are the same")
        self.field = LabelledField("Before you go on", self.same)
        self.add(
            Card(
                Facts(
                    (
                        ("Company", view.company),
                        ("You are", view.person),
                        ("Invited by", f"{view.secretary}, Corporate Secretary"),
                        ("Valid until", day(view.expires)),
                    )
                ),
                title="What the invitation says",
            )
        )
        compare = Card(title="The fingerprint of the Company's root")
        compare.add(
            big_code(view.fingerprint, "Fingerprint"),
            RichText(
                f"Call {view.secretary} on a number that you know, not on one from a message, "
                "and read it to each other. If a single digit differs, do not go on."
            ),
            self.field,
        )
        self.add(compare)
        self.setFocusProxy(self.same)

    def fits(self) -> bool:
        """The digits were compared."""
        done = self.same.isChecked()
        fault = "" if done else "Compare first: this is what keeps an impostor out."
        self.field.show_fault(fault)
        return done


class JoinPage(Steps):
    """Three steps and the recovery sheet; the request to join is then in the outbox."""

    def __init__(self, clock: Clock, parts: VaultParts | None = None) -> None:
        super().__init__()
        self._clock, self._parts = clock, parts
        self.invitation = InvitationStep()
        self.invitation.back.connect(self.left)
        self.invitation.go_on.connect(self._read)
        self.compare: FingerprintStep | None = None
        self.vault: VaultStep | None = None
        self.put(self.invitation)

    def _read(self) -> None:
        step = self.invitation
        data, code, now = step.data, step.code.text(), self._clock.now()
        step.on.setEnabled(False)
        task = tasks.run(
            lambda _work: joining.read_invitation(data, code, now),
            done=self._show,
            refused=lambda error: step.field.show_fault(error.sentence()),
            parent=self,
        )
        task.ended.connect(lambda: step.on.setEnabled(True))

    def _show(self, view: InvitationView) -> None:
        step = FingerprintStep(view)
        step.back.connect(lambda: self.show_page(self.invitation))
        step.go_on.connect(self._ask_vault)
        self.compare = step
        self.put(step)

    def _ask_vault(self) -> None:
        compare = self.compare
        if compare is None:
            return
        self.vault = VaultStep(
            "Make your vault",
            "Step 3 of 3: everything is encrypted on this laptop under your passphrase.",
            "Make the vault and the request",
            compare.said.person,
        )
        self.vault.say(("Company", compare.said.company), ("You are", compare.said.person))
        self.vault.back.connect(lambda: self.show_page(compare))
        self.vault.go_on.connect(self._make)
        self.put(self.vault)

    def _make(self) -> None:
        step = self.vault
        if step is None:
            return
        data, code = self.invitation.data, self.invitation.code.text()
        folder, secret, clock = step.folder, step.secret.text(), self._clock
        parts = self._parts
        self.begin(step, lambda: joining.join(folder, data, code, secret, clock, parts))
