"""Rules 7xx: what the organisation must be able to do, and with what."""
