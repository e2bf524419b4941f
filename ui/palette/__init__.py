"""The palette: one field that finds places and commands as one types."""
