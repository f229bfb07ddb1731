"""The handlers of the platform, a module for each service."""
