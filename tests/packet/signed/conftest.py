"""A company on real keys whose packets are compiled, signed and verified; and ways to harm them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from candor.clock import no_tick
from candor.keys import x509
from candor.keys.codes import new_id
from candor.keys.ed25519 import SigningKey
from candor.keys.identity import Identity
from candor.packet import sign
from candor.packet.compose import compose
from candor.packet.content import Composed, PacketContent, SignerLine
from candor.packet.evidence import EvidenceInput, ExpectedSigner, build
from candor.packet.sections_sign import field_name
from candor.packet.sign import PdfSigner
from candor.packet.verify import LineState, Trust, Verdict, verify
from candor.records import acts, chain, root
from candor.records.acts import EnrolAct, OfficeAct, PersonAct, RevokeAct
from candor.records.body import make_body, reveal
from candor.records.directory import Directory
from candor.records.directory_fold import fold
from candor.records.events import Body, EventType, SignedEvent
from candor.records.root import RootTrust

START = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
SIGNING = datetime(2027, 2, 12, 17, 0, tzinfo=UTC)
LATER = SIGNING + timedelta(days=1)
LINE_UP = (
    ("ada", "secretary", "Secretary", "I certify a true copy."),
    ("cleo", "clo", "Chief Legal Officer", "I made the determinations shown under my name."),
    ("ben", "ac_chair", "Audit Committee chair", "I have read this packet."),
)
NAMES = {
    "ada": "Ada Adler",
    "cleo": "Cleo Clark",
    "ben": "Ben Birk",
    "dan": "Dan Dahl",
    "eve": "Eve Ender",
}
Pair = tuple[SignedEvent, Body | None]


class Company:
    """Everybody's keys, the directory, one questionnaire with its determination."""

    def __init__(self) -> None:
        self.id, self.now = new_id(), START
        self.people = {who: Identity.new(who) for who in NAMES}
        self.certificates: dict[str, bytes] = {}
        self.keys = (SigningKey.generate(), SigningKey.generate())
        self.authority = x509.new_root("Nordhavn Bio", START - timedelta(days=365))
        first = root.new_root_document(
            name="Nordhavn Bio",
            company=self.id,
            secretary=root.RootOfficer("secretary", "ada", NAMES["ada"]),
            key=self.keys[0],
            second=root.RootOfficer("second", "dan", NAMES["dan"]),
            x509_root=self.authority.certificate,
            created=START,
        )
        self.versions = [root.sign_root(first, self.keys[:1])]
        self.directory_events: list[Pair] = []
        self.heads: tuple[str, ...] = ()
        self.ends: dict[tuple[str, str], tuple[int, str]] = {}
        self.case = new_id()
        self.case_events: list[tuple[SignedEvent, Body]] = []

    # --- writing -------------------------------------------------------------------------

    def write(
        self, who: str, case: str, kind: str, body: Body, at: datetime | None = None
    ) -> tuple[SignedEvent, Body]:
        """One event on top of the present directory."""
        self.now += timedelta(minutes=1)
        seq, prev = self.ends.get((who, case), (0, ""))
        signed = chain.write(
            identity=self.people[who],
            company=self.id,
            case=case,
            seq=seq + 1,
            prev=prev,
            deps=self.heads,
            type=kind,
            body=body,
            claimed_at=at or self.now,
        )
        self.ends[who, case] = (seq + 1, chain.event_id(signed))
        return signed, body

    def _direct(self, kind: str, body: Body) -> None:
        signed, _ = self.write("ada", self.document.directory, kind, body)
        self.directory_events.append((signed, body))
        self.heads = (chain.event_id(signed),)

    def act(self, content: acts.Content, keys: Sequence[SigningKey] | None = None) -> None:
        """A directory act with the signatures of those root keys (else all)."""
        fingerprint = root.fingerprint(self.document)
        act = acts.make_act(content, company=self.id, root=fingerprint, after=self.heads)
        signatures = [acts.sign_act(act, key) for key in self.keys if keys is None or key in keys]
        kind = next(k for k, t in acts.CONTENTS.items() if t is type(content))
        self._direct(acts.EVENTS[kind], acts.act_body(act, signatures))

    def set_up(self) -> None:
        """Founding, both officers, everybody's certificate, the three offices."""
        self._direct(EventType.FOUNDED, root.root_body(self.versions[0]))
        later = root.with_second_officer(self.document, self.keys[1].public, self.now)
        self.versions.append(root.sign_root(later, self.keys))
        self._direct(EventType.OFFICER_JOINED, root.root_body(self.versions[1]))
        for who in ("ada", "cleo", "ben", "dan"):
            self.enrol(who)
        for who, office, _, _ in LINE_UP:
            self.act(OfficeAct(office, who, "2027-01-01"))

    def enrol(self, who: str, certificate: bytes | None = None, **dates: datetime) -> None:
        """Record and certify a person; dates: ``not_before``, ``not_after``."""
        public = self.people[who].public()
        if certificate is None:
            certificate = x509.issue(
                self.authority,
                NAMES[who],
                who,
                bytes.fromhex(public.p256),
                dates.get("not_before", START),
                dates.get("not_after", START + timedelta(days=700)),
            )
        self.certificates[who] = certificate
        self.act(PersonAct(who, NAMES[who]))
        self.act(EnrolAct(who, public.ed25519, public.age, public.p256, certificate.hex()))

    def revoke(self, who: str, since: datetime) -> None:
        """Withdraw a person's key."""
        self.act(RevokeAct(self.people[who].key_id, (), "laptop stolen", since.isoformat()))

    def answer(self) -> None:
        """A questionnaire, its receipt and a determination."""
        answers = [("form_id", "annual"), ("answer/6.01", {"value": True}), ("context", {"a": 1})]
        signed = self.write("dan", self.case, EventType.QUESTIONNAIRE_SIGNED, make_body(answers))
        event = chain.event_id(signed[0])
        receipt = make_body([("event", event), ("number", "DOQ-2027-0001")])
        decided = make_body([("question", "6.01"), ("kind", "noted"), ("office", "clo")])
        self.case_events += [
            signed,
            self.write("ada", self.case, EventType.RECEIPT_GIVEN, receipt),
            self.write("cleo", self.case, EventType.EXCEPTION_DETERMINED, decided),
        ]

    def packet_signed(self, who: str, before: bytes, after: bytes, at: datetime) -> Pair:
        """The event by which somebody says that they signed a state of the file."""
        body = make_body(
            [
                ("packet", "p" * 26),
                ("digest_before", hashlib.sha256(before).hexdigest()),
                ("digest_after", hashlib.sha256(after).hexdigest()),
            ]
        )
        return self.write(who, self.case, EventType.PACKET_SIGNED, body, at)

    # --- reading -------------------------------------------------------------------------

    @property
    def document(self) -> root.RootDocument:
        """The newest version of the root."""
        return self.versions[-1].document

    @property
    def root(self) -> RootTrust:
        """The root's chain."""
        return root.verify_versions(self.versions)

    @property
    def directory(self) -> Directory:
        """The directory as it is."""
        return fold(self.directory_events, self.document)

    def trust(self, *events: Pair) -> Trust:
        """What the company's own vaults know, and some events more."""
        return Trust(self.root, (*self.directory_events, *events))

    # --- packets -------------------------------------------------------------------------

    def lines(self, line_up: Iterable[tuple[str, str, str, str]] = LINE_UP) -> list[SignerLine]:
        """The signers as composing wants them."""
        return [SignerLine(who, NAMES[who], o, t, m) for who, o, t, m in line_up]

    def expected(self, lines: Iterable[SignerLine]) -> tuple[ExpectedSigner, ...]:
        """The signers as the evidence names them."""
        return tuple(
            ExpectedSigner(
                field=field_name(n, line),
                person=line.person,
                name=line.name,
                office=line.office,
                title=line.title,
                meaning=line.meaning,
                certificate=hashlib.sha256(self.certificates[line.person]).hexdigest(),
            )
            for n, line in enumerate(lines)
        )

    def given(self, lines: Iterable[SignerLine] | None = None, **other: Any) -> EvidenceInput:
        """What evidence is built from."""
        shown = ("form_id", "answer/6.01", "event", "number", "question", "kind", "office")
        given = EvidenceInput(
            company=self.id,
            company_name="Nordhavn Bio",
            root=self.root.to_bytes(),
            packet="p" * 26,
            kind="packet",
            version=1,
            directory=tuple(self.directory_events),
            events=tuple((s, reveal(b, shown)) for s, b in self.case_events),
            signers=self.expected(self.lines() if lines is None else lines),
        )
        return EvidenceInput(
            **{n: other.get(n, getattr(given, n)) for n in given.__struct_fields__}
        )

    def compiled(
        self,
        content: PacketContent,
        lines: Sequence[SignerLine] | None = None,
        evidence: bytes | None = None,
    ) -> Composed:
        """A packet as compiled."""
        lines = self.lines() if lines is None else lines
        inside = build(self.given(lines)) if evidence is None else evidence
        return compose(replace(content, signers=tuple(lines)), inside, no_tick)

    def signer(self, who: str) -> PdfSigner:
        """Somebody's means of signing."""
        return PdfSigner(
            person=who,
            name=NAMES[who],
            title="",
            key=self.people[who].p256_key,
            certificate=self.certificates[who],
            root=self.authority.certificate,
        )

    def states(self, composed: Composed, at: datetime = SIGNING) -> list[bytes]:
        """The file as compiled and after each signature, a minute apart."""
        found = [composed.pdf]
        for number, field in enumerate(composed.fields):
            act = sign.approve if number else sign.certify
            moment = at + timedelta(minutes=number)
            found.append(act(found[-1], field, self.signer(field.person), moment))
        return found


@pytest.fixture(scope="session")
def short(packet: PacketContent) -> PacketContent:
    """Content of few pages: what is signed does not depend on how much it is."""
    return replace(packet, annexes=(), changes=(), independence=())


@pytest.fixture(scope="session")
def make_company() -> type[Company]:
    """For companies that go their own way."""
    return Company


@pytest.fixture(scope="session")
def company() -> Company:
    """A company that is set up; tests leave it as it is."""
    made = Company()
    made.set_up()
    made.answer()
    return made


@pytest.fixture
def changing() -> Company:
    """A company of a test's own."""
    made = Company()
    made.set_up()
    made.answer()
    return made


@pytest.fixture(scope="session")
def composed(company: Company, short: PacketContent) -> Composed:
    """Its packet, as compiled."""
    return company.compiled(short)


@pytest.fixture(scope="session")
def states(company: Company, composed: Composed) -> list[bytes]:
    """The packet unsigned, then with one, two and three signatures."""
    return company.states(composed)


@pytest.fixture(scope="session")
def complete(states: list[bytes]) -> bytes:
    """The packet with every signature."""
    return states[-1]


@pytest.fixture(scope="session")
def later() -> datetime:
    """The day after the signing."""
    return LATER


@pytest.fixture(scope="session")
def signing() -> datetime:
    """When the first of them signs."""
    return SIGNING


@pytest.fixture(scope="session")
def check(company: Company) -> Callable[[bytes], Verdict]:
    """The verdict as the company's own people see it on the next day."""
    return lambda pdf: verify(pdf, company.trust(), LATER)


def refused(found: Verdict, line: str = "Content") -> bool:
    """Whether that line stops the reader."""
    state = next(each.state for each in found.lines if each.name == line)
    return found.exit_code == 1 and state is LineState.STOPPED


@pytest.fixture(scope="session", name="refused")
def refused_fixture() -> Callable[..., bool]:
    """Whether a line stops the reader."""
    return refused


def rewritten(pdf: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """The file changed by an editor that writes it anew."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        opened.save(out)
    return out.getvalue()


@pytest.fixture(scope="session", name="rewritten")
def rewritten_fixture() -> Callable[..., bytes]:
    """Changes a file as an editor does that writes it anew."""
    return rewritten


def appended(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], object]) -> bytes:
    """The file with one more revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture(scope="session", name="appended")
def appended_fixture() -> Callable[..., bytes]:
    """Changes a file by one more revision."""
    return appended
