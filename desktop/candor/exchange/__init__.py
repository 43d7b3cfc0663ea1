"""Files that people carry; hostile until verified."""
