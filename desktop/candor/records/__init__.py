"""Cases are what events say; nothing is edited."""
