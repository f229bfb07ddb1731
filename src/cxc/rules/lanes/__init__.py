"""Rules 5xx: what the lanes of a step say: what customers see, what is done behind it, and how long they wait."""
