"""Programs for those who work on CSDesk; nothing here is installed with it."""
