"""One function per thing a person can do; the only door to what is below."""
