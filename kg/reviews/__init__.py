"""Decisions of people about what the machine read: only ever added, never overwritten by the machine."""
