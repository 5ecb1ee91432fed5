"""Records as RDF and back: terms, writing, reading, shapes, formats."""
