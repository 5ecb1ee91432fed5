"""ClaimTrack: who accuses whom of what, and who answers how.

The data flows one way, and the modules are named after its stages:

    documents → segments → attributions → acts → parties → links → rdf → store → analysis → views

:mod:`kg.pipeline` composes them; :mod:`kg.model` holds the records that they hand on.
"""
