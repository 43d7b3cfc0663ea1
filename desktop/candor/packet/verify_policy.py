"""Which changes between revisions of a signed file may be accepted.

The default policy of pyHanko also lets ordinary form fields change and new fields appear, which
is how "shadow" attacks hide content before it is signed; ours only lets the signature fields
that exist be filled in. Whatever it accepts, the default accepts too.
"""

from __future__ import annotations

from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    XrefStreamRule,
)

_ARCHIVAL = ModificationLevel.LTA_UPDATES
_CATALOG = frozenset({"/AcroForm", "/DSS", "/Extensions"})
_FORM = frozenset({"/Fields"})
"""Entries that rules of their own compare; every other one must stay as it was."""

DEFAULT = DEFAULT_DIFF_POLICY
"""For what follows the last approval."""


def _policy(
    catalog_keys: frozenset[str] = frozenset(), form_keys: frozenset[str] = frozenset()
) -> StandardDiffPolicy:
    return StandardDiffPolicy(
        global_rules=[
            CatalogModificationRule(ignored_keys=_CATALOG | catalog_keys),
            DocInfoRule().as_qualified(_ARCHIVAL),
            XrefStreamRule().as_qualified(_ARCHIVAL),
            ObjectStreamRule().as_qualified(_ARCHIVAL),
            DSSCompareRule().as_qualified(_ARCHIVAL),
            MetadataUpdateRule().as_qualified(_ARCHIVAL),
        ],
        form_rule=FormUpdatingRule(
            field_rules=[SigFieldModificationRule()], ignored_acroform_keys=_FORM | form_keys
        ),
    )


SIGNATURES_ONLY = _policy()
"""Up to the last approval: existing signature fields are filled in, nothing else."""

CERTIFYING = _policy(frozenset({"/Perms", "/Version"}), frozenset({"/SigFlags"}))
"""From revision 0 to the first signature, which also enters itself under /Perms, names the
version of PDF that it needs and flags the
form as signed."""
