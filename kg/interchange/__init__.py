"""Acts in the formats of other tools: networks, tables, schema.org, Web Annotations, nanopublications.

:mod:`kg.interchange.exports` lists them.  All work on records, so that a selection of acts is exported as
easily as a whole store.
"""
