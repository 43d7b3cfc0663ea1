"""From cases to signed paper."""
