"""Widgets ask, show and emit."""

from candor.ui.immortal import keep_alive

keep_alive()
