"""Rules 6xx: what customers meet on each channel, and what is lost where they change it."""
