"""Stored facts as documents: PDF, pictures of its pages, short texts."""
