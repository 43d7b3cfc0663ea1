"""What a filer reads and keeps of a matter: the words before signing, the pages, the copy."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from candor.app import filing, printing
from candor.app.filing import Filed, SigningTexts
from candor.app.matter_drafts import MatterDraft
from candor.app.matter_reading import newest
from candor.app.session import Session
from candor.clock import Tick, no_tick
from candor.records.matters import Issue


def texts(session: Session, draft: MatterDraft) -> SigningTexts:
    """The words of the signing page; who gets the file is said by where the matter goes."""
    number = len(draft.case.submissions) + 1
    said = [f"Your answers are sealed as version {number}."]
    if number > 1:
        said.append(f"Version {number - 1} stays beside it, with the reason that you give.")
    said.append("A file is made for you to hand over; nothing leaves this computer by itself.")
    said.append("You keep a signed PDF.")
    common = filing.texts(session, draft)
    return replace(common, carve_out=carve_out(draft), when_you_press=tuple(said))


def carve_out(draft: MatterDraft) -> str:
    """That nothing in the form keeps anybody from going to an agency (17 CFR 240.21F-17)."""
    return draft.wording(draft.form.carve_out)


def unsigned_pdf(session: Session, draft: MatterDraft, tick: Tick = no_tick) -> bytes:
    """The pages as they would be signed now; nothing is kept."""
    content = printing.unsigned_content(
        session,
        msgspec.structs.replace(draft.case, issued=_as_issued(draft), submissions=()),
        filing.frozen(draft, session.me.name),
        session.clock.now(),
    )
    return bytes(session.runner("compose_filing", content, tick=tick))


def _as_issued(draft: MatterDraft) -> Issue:
    """A form that its filer took up themselves, as pages know one that was issued to them."""
    context = draft.context
    return Issue(
        campaign="",
        person=draft.case.subject,
        form=draft.form.digest,
        form_id=draft.form.id,
        filer=msgspec.to_builtins(context.filer),
        determination_date=context.determination_date,
        fiscal_year_end=context.fiscal_year_end,
        settings=dict(context.settings),
    )


def signed_copy(session: Session, case_id: str) -> Filed:
    """The newest signed version with its filer's PDF. Raises CandorError."""
    case = session.case(case_id)
    event = newest(case).event
    return Filed(case_id, len(case.submissions), filing.filed_pdf(session, case_id), event)
