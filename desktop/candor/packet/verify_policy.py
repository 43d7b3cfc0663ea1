"""Which changes between revisions of a signed file are accepted.

pyHanko's default policy also lets ordinary form fields change and lets signature fields appear,
which is how "shadow" attacks swap content that was prepared before it was signed. Each policy
here is a part of the default one: whatever it accepts, the default accepts too.
"""

from __future__ import annotations

import io
from typing import Any

from pyhanko.pdf_utils.metadata.xmp_xml import parse_xmp
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DiffResult,
    DocInfoRule,
    DSSCompareRule,
    FieldMDPRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    QualifiedWhitelistRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.commons import compare_dicts
from pyhanko.sign.validation import EmbeddedPdfSignature

_CATALOG = frozenset({"/AcroForm", "/DSS", "/Extensions"})
_FORM = frozenset({"/Fields"})
"""Entries that rules of their own compare; every other one must stay as it was."""


def _policy(
    fields: list[FieldMDPRule],
    *more: QualifiedWhitelistRule,
    catalog: frozenset[str] = frozenset(),
) -> StandardDiffPolicy:
    return StandardDiffPolicy(
        global_rules=[
            CatalogModificationRule(ignored_keys=_CATALOG | catalog),  # type: ignore[no-untyped-call]
            DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
            *more,
        ],
        form_rule=FormUpdatingRule(fields, ignored_acroform_keys=_FORM),
    )


SIGNATURES_ONLY = _policy([SigFieldModificationRule()])
"""Up to the last approval: signature fields that exist are filled in, nothing else."""

ARCHIVAL = _policy(
    [SigFieldCreationRule(), SigFieldModificationRule()],  # type: ignore[no-untyped-call]
    DocInfoRule().as_qualified(ModificationLevel.LTA_UPDATES),
    XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
    ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
    MetadataUpdateRule().as_qualified(ModificationLevel.LTA_UPDATES),  # type: ignore[no-untyped-call]
    catalog=frozenset({"/Metadata"}),
)
"""After the last approval: time stamps and what they need (see `only_archival`)."""


def certifies(first: EmbeddedPdfSignature) -> bool:
    """Whether the first signature changed nothing of revision 0 but filled its own field.

    Only three objects of revision 0 may be written again, with nothing new in them but what a
    certifying signature needs: the catalog, the form and the field. Looking at those alone also
    spares pyHanko's search of the whole file for whatever else may point to them.
    """
    reader = first.reader
    old, new = reader.get_historical_resolver(0), reader.get_historical_resolver(1)
    form = old.root.get_value_as_reference("/AcroForm")
    may_gain = {
        old.root_ref: frozenset({"/Perms", "/Version", "/Extensions", "/DSS"}),
        form: frozenset({"/SigFlags"}),
        first.sig_field.container_ref: frozenset({"/V", "/AP"}),
    }
    written = {
        ref
        for ref in new.explicit_refs_in_revision()  # type: ignore[no-untyped-call]
        if reader.xrefs.get_historical_ref(ref, 0) is not None
    }
    freed = new.refs_freed_in_revision()  # type: ignore[no-untyped-call]
    if freed or written - set(may_gain):
        return False
    try:
        for ref in written:
            compare_dicts(old(ref), new(ref), may_gain[ref])
    except SuspiciousModification:
        return False
    return True


_WHERE = frozenset({"/Size", "/Prev", "/ID"})
"""Entries of a trailer that tell where a revision lies and which it is."""


def same_trailers(reader: PdfFileReader, last: int) -> bool:
    """Whether each revision up to number ``last`` begins where revision 0 begins.

    No rule above looks there: a new trailer could name another catalog, with other pages, and
    leave every object of revision 0 as it was.
    """
    first = _trailer(reader, 0)
    return all(_trailer(reader, number) == first for number in range(1, last + 1))


def _trailer(reader: PdfFileReader, number: int) -> dict[str, object]:
    view: Any = reader.get_historical_resolver(number).trailer_view
    return {key: view.raw_get(key) for key in view if key not in _WHERE}


def allows(signature: EmbeddedPdfSignature) -> bool:
    """Whether a signature allows everything that followed it, archival changes included."""
    signature.compute_integrity_info(diff_policy=ARCHIVAL)  # type: ignore[no-untyped-call]
    return bool(signature.summarise_integrity_info()["docmdp_ok"])


def only_archival(last: EmbeddedPdfSignature) -> bool:
    """Whether nothing but time stamps and their keys followed the last approval, which `allows`
    has compared."""
    found: Any = last.diff_result
    if not isinstance(found, DiffResult):
        return False
    if found.modification_level > ModificationLevel.LTA_UPDATES:
        return False
    reader = last.reader
    signed = reader.get_historical_resolver(last.signed_revision)
    newest = reader.get_historical_resolver(reader.xrefs.total_revisions - 1)
    return _described(signed) == _described(newest)


_TOOL_KEYS = frozenset({"/ModDate", "/Producer"})
_TOOL_NAMES = frozenset({"ModifyDate", "MetadataDate", "Producer"})


def _described(of: HistoricalResolver) -> tuple[object, ...]:
    """What a revision says of itself (title, author …), without who wrote it last and when:
    the archival rules let tools rewrite this, and readers show it above the page."""
    trailer: Any = of.trailer_view
    info = {k: str(v) for k, v in trailer["/Info"].items() if k not in _TOOL_KEYS}
    said = [
        (str(name), str(value))
        for part in parse_xmp(io.BytesIO(of.root["/Metadata"].data))
        for name, value in part
        if name.local_name not in _TOOL_NAMES
    ]
    return tuple(sorted(info.items())), tuple(sorted(said))
