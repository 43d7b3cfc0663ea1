"""The vault, tested on real encrypted files."""
