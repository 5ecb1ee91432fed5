"""Figures of the graph as data: what the app draws, as plain functions that know no screen.

Records go in, and a networkx graph, table rows or escaped markup come out.  Text that a document holds is
untrusted: every function here that returns markup escapes it.
"""
