"""Key pairs, signatures, certificates and codes that people type; pure functions."""
