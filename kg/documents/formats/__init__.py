"""One module a file format: bytes to raw documents."""
