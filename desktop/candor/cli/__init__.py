"""The command line: the same doors as the window, for scripts."""
