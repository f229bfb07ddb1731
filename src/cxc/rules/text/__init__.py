"""Rules 1xx: what the text of a blueprint file must be before anything can be understood in it."""
