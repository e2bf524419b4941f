"""The parts of a success plan, one file each, in the order they are read."""
