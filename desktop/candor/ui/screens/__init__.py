"""One file per screen; `candor.ui.registry` lists them with who sees them."""
