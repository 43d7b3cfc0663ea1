"""How the directory comes from its events: which acts count, and which do not and why.

Three passes in one order. Versions of the root first, each under the version that stood where
it was signed. Then every other act, by its signatures. Last, what a revoked key wrote after
its accepted heads and what a forked log says from the fork on is left out, except versions of
the root and revocations: those rest on their signatures alone.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

import msgspec

from candor.keys import ed25519, p256, x509, x25519
from candor.keys.weak import WeakKey
from candor.records import acts
from candor.records.acts import (
    AbsenceAct,
    Act,
    Content,
    EnrolAct,
    ForkAct,
    OfficeAct,
    PackAct,
    PersonAct,
    RevokeAct,
)
from candor.records.chain import event_id
from candor.records.codec import RecordRefused
from candor.records.dates import is_date, is_instant
from candor.records.directory import Counted, Directory
from candor.records.events import Body, EventType, SignedEvent
from candor.records.forks import Resolution, Settled, settle
from candor.records.judge import Judged, Verified, act_signers, judge, public_keys
from candor.records.logbook import Fork, LogBook
from candor.records.order import Placer, parents
from candor.records.revoked import Revoked
from candor.records.root import (
    RootDocument,
    RootRefused,
    digest,
    fingerprint,
    read_document,
    succession_fault,
)

NOT_ENOUGH = "It does not carry the signatures that such an act needs."
NOT_FOUNDED = "It does not follow the founding of the company."
OTHER_PLACE = "Its act was made for another place in the directory."
OTHER_ROOT = "Its act belongs to another root."
TWO_ROOTS = "Two different versions of the root claim the same place; neither counts."
ROOT_TYPES = frozenset({EventType.FOUNDED, EventType.OFFICER_JOINED, EventType.ROOT_CHANGED})
_C = TypeVar("_C", bound=msgspec.Struct)


class DirectoryFold(msgspec.Struct, frozen=True):
    """The directory and what became of each of its events."""

    directory: Directory
    depth: dict[str, int]
    held: dict[str, str]
    refused: dict[str, str]
    void: dict[str, str]
    quarantined: dict[str, str]
    forks: tuple[Fork, ...]
    revoked: Revoked


def fold(
    events: Iterable[tuple[SignedEvent, Body | None]],
    root: RootDocument,
    verified: Verified | None = None,
) -> Directory:
    """The directory that a set of events tells, under a trusted root (any version of it)."""
    verified = Verified() if verified is None else verified
    copies: dict[str, list[tuple[SignedEvent, Body | None]]] = {}
    for pair in events:
        copies.setdefault(event_id(pair[0]), []).append(pair)
    keys = public_keys((body for group in copies.values() for _, body in group), root)
    judged = (judge(e, group, keys, root.company, verified) for e, group in copies.items())
    known = {j.id: j for j in judged if isinstance(j, Judged)}
    return fold_judged(known, root, verified).directory


_REMEMBERED = 4
_folds: OrderedDict[frozenset[object], tuple[DirectoryFold, dict[str, frozenset[str]]]] = (
    OrderedDict()
)
_one_at_a_time = threading.Lock()


def fold_judged(
    known: Mapping[str, Judged], root: RootDocument, verified: Verified
) -> DirectoryFold:
    """Like `fold`, for events already judged; those of other cases are passed over.

    The last results are remembered: an id binds everything that the result depends on, so a
    file's preview and its import, or opening a vault again, need not read the same acts twice.
    """
    own = {e: j for e, j in known.items() if j.header.case == root.directory}
    parts: Iterable[object] = ((e, j.body is not None, j.signed) for e, j in own.items())
    key = frozenset((digest(root), *parts))
    with _one_at_a_time:
        found = _folds.get(key)
        if found is None:
            found = _folds[key] = _folded(own, root, verified), dict(verified.acts)
            if len(_folds) > _REMEMBERED:
                _folds.popitem(last=False)
        _folds.move_to_end(key)
    result, acts_of = found
    verified.acts.update({e: acts_of[e] for e in own if e in acts_of})
    return result


def _folded(own: Mapping[str, Judged], root: RootDocument, verified: Verified) -> DirectoryFold:
    # Any signed event can be ordered before it is known whether its author is an officer.
    placer = Placer({j.header.author for j in own.values() if j.signed})
    order = placer.ordered(placer.add(own.values()))
    return _Fold(own, placer, order, root, verified).run()


class _Fold:
    """The passes, over one set of directory events.

    Who wrote the envelope does not matter: an act counts by the signatures it carries.
    """

    def __init__(
        self,
        own: Mapping[str, Judged],
        placer: Placer,
        order: list[str],
        root: RootDocument,
        verified: Verified,
    ) -> None:
        self.own = own
        self.placer = placer
        self.order = order
        self.root = root
        self.verified = verified
        self.void: dict[str, str] = {}
        self.counted: dict[str, Counted] = {}
        self.root_at: dict[str, RootDocument | None] = {}
        self.keys: dict[str, str] = {}
        self.fingerprint = fingerprint(root)

    def run(self) -> DirectoryFold:
        self._settle_roots()
        for event in self.order:
            if self.own[event].header.type not in ROOT_TYPES:
                self._consider(event)
        readable = {e: self.own[e] for e in self.order}
        revoked = Revoked(act for _, act in self._said(RevokeAct))
        quarantined = revoked.quarantined(readable)
        book = LogBook()
        for judged in self.own.values():
            if judged.signed:
                book.add(judged)
        settled = settle(
            book.forks(),
            self.own,
            [Resolution(e, act.keep, act.set_aside) for e, act in self._said(ForkAct)],
        )
        self._leave_out(settled, quarantined)
        return DirectoryFold(
            directory=self._directory(),
            depth=self.placer.depth,
            held=self.placer.held(),
            refused=self.placer.refused,
            void=self.void,
            quarantined=quarantined,
            forks=settled.forks,
            revoked=revoked,
        )

    def _said(self, kind: type[_C]) -> list[tuple[str, _C]]:
        found = ((e, self.counted[e].content) for e in self.order if e in self.counted)
        return [(e, content) for e, content in found if isinstance(content, kind)]

    def _settle_roots(self) -> None:
        """Find the versions of the root. Two that claim one number both fall, and with them
        whatever built on either, so the search begins again until none contradict."""
        banned: set[str] = set()
        while True:
            versions: dict[int, set[str]] = {}
            for event in self.order:
                document = self._root_step(event, banned)
                if document is not None:
                    versions.setdefault(document.version, set()).add(digest(document))
            doubled = [found for found in versions.values() if len(found) > 1]
            if not doubled:
                return
            banned.update(*doubled)
            for state in (self.void, self.counted, self.root_at):
                state.clear()

    def _root_step(self, event: str, banned: set[str]) -> RootDocument | None:
        judged = self.own[event]
        above = [self.root_at.get(p) for p in parents(judged)]
        before = max((d for d in above if d), key=lambda d: d.version, default=None)
        self.root_at[event] = before
        if judged.header.type not in ROOT_TYPES:
            return None
        try:
            document = self._new_root(judged, before)
        except (RecordRefused, RootRefused) as refusal:
            self.void[event] = refusal.message
            return None
        if digest(document) in banned:
            self.void[event] = TWO_ROOTS
            return None
        self.root_at[event] = document
        self.counted[event] = Counted(event, document, judged.header.claimed_at)
        return document

    def _new_root(self, judged: Judged, before: RootDocument | None) -> RootDocument:
        keys = act_signers(judged, self.verified)
        act = acts.read_act(judged.body)[0] if judged.body else None
        document = read_document(act.body.get("document") if act else None)
        if act is None or act.kind != document.change or fingerprint(document) != self.fingerprint:
            raise RecordRefused(OTHER_ROOT)
        if (document.version == 1) != (before is None):
            raise RecordRefused(OTHER_PLACE)
        if fault := succession_fault(before, document, keys):
            raise RecordRefused(f"This version of the root does not count: {fault}.")
        return document

    def _consider(self, event: str) -> None:
        judged, standing = self.own[event], self.root_at[event]
        try:
            content, nonce = self._content(judged, standing)
        except RecordRefused as refusal:
            self.void[event] = refusal.message
            return
        self.counted[event] = Counted(event, content, judged.header.claimed_at, nonce)

    def _content(self, judged: Judged, standing: RootDocument | None) -> tuple[Content, str]:
        if standing is None:
            raise RecordRefused(NOT_FOUNDED)
        signers = act_signers(judged, self.verified)
        if judged.body is None:
            raise RecordRefused(NOT_ENOUGH)
        act, _ = acts.read_act(judged.body)
        if not standing.enough(act.kind, signers):
            raise RecordRefused(NOT_ENOUGH)
        if act.company != standing.company or act.root != self.fingerprint:
            raise RecordRefused(OTHER_ROOT)
        if not act.nonce or not set(act.after) <= set(parents(judged)):
            raise RecordRefused(OTHER_PLACE)
        content = read_content(act, standing)
        if isinstance(content, EnrolAct) and self._belongs_to_another(content):
            raise RecordRefused("That key was certified for another person before.")
        return content, act.nonce

    def _belongs_to_another(self, content: EnrolAct) -> bool:
        return self.keys.setdefault(content.ed25519, content.person) != content.person

    def _leave_out(self, settled: Settled, quarantined: Mapping[str, str]) -> None:
        for event, reason in {**quarantined, **settled.left_out}.items():
            counted = self.counted.get(event)
            if counted and not isinstance(counted.content, RootDocument | RevokeAct):
                self.void[event] = reason
                del self.counted[event]

    def _directory(self) -> Directory:
        graph = {e: parents(self.own[e]) for e in self.order}
        counted = tuple(self.counted[e] for e in self.order if e in self.counted)
        return Directory(counted, graph, self.root)


def read_content(act: Act, root: RootDocument) -> Content:
    """The typed content of an act, checked. Raises RecordRefused with the reason."""
    kind = acts.CONTENTS.get(act.kind)
    if kind is None:
        raise RecordRefused("It carries an act that this version of Candor does not know.")
    content = acts.shaped(act.body, kind)
    if fault := _content_fault(content, root):
        raise RecordRefused(f"Its act cannot count: {fault}.")
    return content


def _content_fault(content: Content, root: RootDocument) -> str:  # noqa: PLR0911 -- one a kind
    match content:
        case EnrolAct():
            return _enrol_fault(content, root.x509_root)
        case OfficeAct(start=start, end=end):
            dated = is_date(start) and (not end or (is_date(end) and start <= end))
            return "" if dated else "a tenure needs proper dates"
        case AbsenceAct(start=start, end=end):
            dated = is_date(start) and is_date(end) and start <= end
            return "" if dated else "an absence needs a first and a last day"
        case RevokeAct(since=since):
            return "" if is_instant(since) else "a revocation needs the instant it begins"
        case PackAct(start=start, resolved_on=on):
            dated = is_date(start) and (not on or is_date(on))
            return "" if dated else "a code pack needs the day it begins"
        case PersonAct(person=person, name=name):
            return "" if person and name else "a person needs an id and a name"
        case ForkAct():
            return ""


@lru_cache(maxsize=8192)
def _enrol_fault(content: EnrolAct, x509_root: str) -> str:
    try:
        ed25519.check_public(bytes.fromhex(content.ed25519))
        x25519.check_recipient(content.age)
        spki, certificate = bytes.fromhex(content.p256), bytes.fromhex(content.x509)
        p256.load_public(spki)
    except (ValueError, WeakKey):
        return "one of the three keys is not a safe one"
    if bytes.fromhex(content.ed25519).hex() != content.ed25519:
        return "a key is not written in the one permitted way"
    if not x509.issued_by(bytes.fromhex(x509_root), certificate):
        return "its certificate was not issued by the company's root"
    if x509.certified_key(certificate) != spki:
        return "its certificate is for another key"
    return ""
