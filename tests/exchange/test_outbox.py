"""What leaves: file names that are safe anywhere, and places in a sequence."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.exchange import names, outbox
from candor.exchange.bundle import Outgoing
from candor.exchange.manifest import Purpose
from candor.exchange.outbox import Place
from candor.exchange.reader import read_file
from candor.keys.identity import Identity

DAY = date(2027, 1, 15)
SAFE = re.compile(r"to-[a-z0-9]+(-[a-z0-9]+)*-2027-01-15\.candor")


@pytest.mark.parametrize(
    ("addressee", "purpose", "name"),
    [
        ("Corporate Secretary", Purpose.REPLY, "to-corporate-secretary-reply-2027-01-15.candor"),
        (
            "Zoë Müller-Ångström",
            Purpose.OUTCOME,
            "to-zoe-muller-angstrom-outcome-2027-01-15.candor",
        ),
        ("Ελένη", Purpose.PACKET_SIGNED, "to-recipient-signed-packet-2027-01-15.candor"),
        ("CON", Purpose.DIRECTORY, "to-con-directory-2027-01-15.candor"),
        ("../../etc/passwd\0", Purpose.REPLY, "to-etc-passwd-reply-2027-01-15.candor"),
        ("", Purpose.REPLY, "to-recipient-reply-2027-01-15.candor"),
    ],
)
def test_file_name_says_to_whom_what_and_when(addressee: str, purpose: Purpose, name: str) -> None:
    assert outbox.file_name(addressee, purpose, DAY) == name


def test_the_name_of_a_sealed_file_does_not_say_so() -> None:
    assert outbox.file_name("CLO", Purpose.SEALED, DAY) == "to-clo-file-2027-01-15.candor"


@given(st.text(max_size=300), st.sampled_from(Purpose))
def test_any_addressee_gives_a_safe_file_name(addressee: str, purpose: Purpose) -> None:
    name = outbox.file_name(addressee, purpose, DAY)
    assert SAFE.fullmatch(name)
    assert len(name) < 120
    assert not PureWindowsPath(name).is_reserved()


@given(st.text(max_size=300))
def test_any_foreign_name_is_saved_under_plain_letters(name: str) -> None:
    assert re.fullmatch(
        r"[a-z0-9-]{1,60}-abcdef01\.pdf", names.for_disk(name, "abcdef0123", suffix=".pdf")
    )


@given(st.text(max_size=300))
def test_any_foreign_name_is_shown_on_one_line_in_reading_order(name: str) -> None:
    shown = names.shown(name)
    assert len(shown) <= 120
    assert shown.isprintable() or not set(shown) & set("\0\n\r\t\u202e\u2066\u200b\u2028\ud800")


def test_reordering_marks_are_shown_as_what_they_are() -> None:
    assert names.shown("invoice\u202efdp.exe\n") == "invoice\ufffdfdp.exe\ufffd"
    assert names.for_disk("../CON.pdf\0", "0123456789", suffix=".pdf") == "con-01234567.pdf"


def test_the_first_file_has_no_predecessor_and_the_next_names_it(
    outgoing: Callable[..., Outgoing], ada: Identity, grace: Identity
) -> None:
    first = outbox.next_place(0, "")
    assert first == Place(1, "")
    prepared = outbox.prepare(outgoing(), ada, addressee="Grace Example")
    second = outbox.next_place(prepared.place.sequence, prepared.digest)
    assert second == Place(2, prepared.digest)
    following = outbox.prepare(
        outgoing(sequence=second.sequence, previous=second.previous), ada, addressee="Grace"
    )
    received = read_file(following.data, [grace.age.secret], lambda _signed: None)
    assert received.signed.manifest.previous == prepared.digest
    assert following.file_name == "to-grace-reply-2027-01-15.candor"
    assert following.to == grace.person
