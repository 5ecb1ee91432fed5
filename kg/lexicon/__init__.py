"""Words that accuse, do wrong, rebut, report and hedge: data that a linguist can edit.

``<language>/<family>*.toml`` hold the entries, :mod:`kg.lexicon.entries` loads them strictly.
"""
