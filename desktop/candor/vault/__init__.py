"""Only this folder knows the disk is encrypted."""
