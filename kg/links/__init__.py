"""Acts → links: which accusations a rebuttal answers."""
