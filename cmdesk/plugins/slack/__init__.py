"""Slack: workspace exports and what looks like them."""
