"""Rules 3xx: what the customer-data spine and the services must be."""
