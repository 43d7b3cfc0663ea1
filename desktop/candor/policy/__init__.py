"""The Code as pure functions; every answer cites its clause."""
