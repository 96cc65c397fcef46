"""The steps of an import, each a widget; pages/wizard.py leads through them."""
