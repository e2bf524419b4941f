"""The timeline of a success plan: its items as bars over the days, to look at and to move."""
