"""Candor: a company's disclosures and approvals, offline, signed and verifiable."""

__version__ = "0.1.0"
