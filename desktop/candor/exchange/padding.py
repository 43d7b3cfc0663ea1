"""Sizes that betray little: every file is padded up to one of few lengths."""

from __future__ import annotations

RELAY_BUCKET = 64 * 1024
"""Bytes inside of the smallest relayed file; an empty one is as long as a full one."""
RELAY_LARGEST = 63 * 2**20
"""Bytes inside of the largest relayed file: sealed and wrapped, it is a part of 64 MiB."""
_STEP = 4096


def bucket_for(size: int) -> int:
    """The padded length for ``size`` bytes: at most an eighth longer, never under 4 KiB.

    Lengths are multiples of an eighth of the power of two below, so that there are eight of
    them between any size and its double.
    """
    if size <= _STEP:
        return _STEP
    step = max(_STEP, 1 << (size.bit_length() - 4))
    return -(-size // step) * step


def relay_bucket(size: int) -> int:
    """The fixed length for a relayed file's inside: 64 KiB, then four times as much each, and
    at last as much as one part may hold once it is sealed."""
    bucket = RELAY_BUCKET
    while bucket < size and bucket < RELAY_LARGEST:
        bucket *= 4
    return max(size, min(bucket, RELAY_LARGEST))


def pad_length(room: int) -> tuple[int, str]:
    """Size and name of the pad entry that fills ``room`` bytes beyond an empty pad entry.

    The entry of an empty pad has one digit for its size; a longer number and a name of one
    letter take room too. Raises ValueError for a negative ``room``.
    """
    for name in ("", "x"):
        for digits in range(1, 10):
            size = room - len(name) - (digits - 1)
            if size >= 0 and len(str(size)) == digits:
                return size, name
    raise ValueError("no padding has this length")
