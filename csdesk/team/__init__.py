"""How copies of a workspace meet: merging and sharing."""
