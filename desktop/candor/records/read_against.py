"""Whether signed answers can be read at all: against the form that was issued, or by what they
say of themselves. What nobody can read must not stand in anybody's lists."""

from __future__ import annotations

from typing import Any

from candor.forms.answers import Context
from candor.records.acts import shaped
from candor.records.codec import RecordRefused
from candor.records.dates import is_date
from candor.records.events import EventType
from candor.records.items import IssueItems
from candor.records.working import Working

OTHER_FORM = "It answers another form than the one that was issued here."
NO_CONTEXT = "It does not say what its answers are to be read against."


def reading_fault(work: Working, form: str, context: dict[str, Any]) -> str:
    """Why answers to ``form`` (a digest) cannot be read in this case; '' if they can.

    The secretary's issue says what the main answers are read against; a case that the signing
    itself opened carries its own ``context``.
    """
    if work.kind in {"sealed", "matter"}:
        try:
            against = shaped(context, Context)
        except RecordRefused:
            return NO_CONTEXT
        if not (is_date(against.determination_date) and is_date(against.fiscal_year_end)):
            return NO_CONTEXT
    issued = {
        items.form
        for judged in work.each(EventType.QUESTIONNAIRE_ISSUED)
        if (items := work.read(judged, IssueItems)) is not None
    }
    return OTHER_FORM if issued and form not in issued else ""
