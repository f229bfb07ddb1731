"""Rules 8xx: what tells whether journeys work, and the principles of the design."""
