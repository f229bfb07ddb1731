"""A journey as a graph: where a customer goes on, and by which channels."""
