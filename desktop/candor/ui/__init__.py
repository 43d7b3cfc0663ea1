"""Widgets ask, show and emit."""
