"""Sentences → who holds each clause: the chain from the document's speaker to the innermost source.

Terms after PARC 3.0 (https://aclanthology.org/L16-1619/): a *source* is attributed *content* by a *cue*.
"""
