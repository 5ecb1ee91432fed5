"""Mentions → actors: who the words for a party refer to, within one document."""
