"""Money as integer minor units of an ISO 4217 currency: exponents, reading and printing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# ISO 4217 list one: the active codes, and the minor units of those that do not have two.
_LIST_ONE = """\
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP
    BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB
    EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD
    JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP
    MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR
    RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND
    TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF
    YER ZAR ZMW ZWG"""
_CODES = frozenset(_LIST_ONE.split())
_NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
_EXPONENTS = {
    **dict.fromkeys(_NO_DIGITS.split(), 0),
    **dict.fromkeys(_THREE_DIGITS.split(), 3),
    "CLF": 4,
    "UYW": 4,
}
LARGEST = 2**53 - 1
"""Largest integer that a record holds (RFC 8785)."""


@dataclass(frozen=True)
class Money:
    """An amount in minor units, e.g. ``Money(125000, "USD")`` for USD 1,250.00."""

    minor: int
    currency: str

    def record(self) -> dict[str, Any]:
        """The form in which a record holds it."""
        return {"minor": self.minor, "currency": self.currency}


def is_currency(code: str) -> bool:
    """Whether the code stands in ISO 4217."""
    return code in _CODES


def exponent(currency: str) -> int:
    """Digits after the point in that currency: 2 for USD, 0 for JPY, 3 for KWD."""
    return _EXPONENTS.get(currency, 2)


def read(value: object) -> Money | None:
    """The money that a record's value holds, or None where it has another shape."""
    if not isinstance(value, dict) or value.keys() != {"minor", "currency"}:
        return None
    minor, currency = value["minor"], value["currency"]
    if isinstance(minor, bool) or not isinstance(minor, int) or abs(minor) > LARGEST:
        return None
    if not isinstance(currency, str) or not is_currency(currency):
        return None
    return Money(minor, currency)


def digits(whole: int, places: int) -> str:
    """An integer of smallest units with its point and thousands commas: (125000, 2) -> 1,250.00."""
    sign, magnitude = ("-", -whole) if whole < 0 else ("", whole)
    units, rest = divmod(magnitude, 10**places)
    return f"{sign}{units:,}" + (f".{rest:0{places}d}" if places else "")
