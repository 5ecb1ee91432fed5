"""Predicted acts and gold acts → what the extractor gets right, what it misses and what it mistakes."""
