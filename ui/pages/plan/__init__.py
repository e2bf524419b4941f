"""The success plan of an account on the screen: outline, timeline, the whole item, templates."""
