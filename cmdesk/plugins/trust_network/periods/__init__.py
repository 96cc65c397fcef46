"""The network at the ends of past periods: its ties, what changed between two of them, and places that people keep."""
