"""One success plan of fixed content, and other makers of documents that set the same."""
