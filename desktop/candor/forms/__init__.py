"""Turns forms/*.toml into questions and answers."""
