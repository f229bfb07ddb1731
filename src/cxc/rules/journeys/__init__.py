"""Rules 4xx: how the steps of a journey lead customers from the trigger to the outcome."""
