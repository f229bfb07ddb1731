"""Rules 2xx: what names must be, and what they may refer to."""
