"""A table of acts beside the store, so that pages stay quick whatever the store holds.

SPARQL answers what nobody foresaw; the questions that every page asks (how many, who against whom, which
words) come from this table.  It is made from the store, brought up to date document by document, and can be
deleted at any time: it is never a source of truth.
"""
