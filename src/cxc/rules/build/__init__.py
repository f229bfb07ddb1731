"""Rules 9xx: what can go wrong around a build: configuration, output, templates."""
