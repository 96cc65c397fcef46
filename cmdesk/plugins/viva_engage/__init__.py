"""Viva Engage (Yammer): the network data export of an administrator, and lists of who is in which group."""
