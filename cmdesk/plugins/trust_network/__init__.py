"""The network of trust: its page and its picture."""
