"""Keys: sign, verify, certify, derive. Pure: bytes in, bytes out; nothing here touches a disk."""
