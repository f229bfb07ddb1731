"""Rules 4xx: how the steps of a journey lead the customer from the trigger to the outcome, and what goes wrong on the way."""
