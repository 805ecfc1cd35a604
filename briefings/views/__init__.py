"""The public pages, one module for each noun; what is public is decided by `published()` alone."""
