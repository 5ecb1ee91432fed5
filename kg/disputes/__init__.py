"""Disputes over many documents: who alleged what, who repeated it, who answered, what came of it."""
