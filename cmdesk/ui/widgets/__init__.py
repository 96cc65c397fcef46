"""Widgets that pages share. All of them show plain text."""
