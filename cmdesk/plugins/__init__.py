"""Bundled plugins, found by entry point like anyone's; one folder each."""
