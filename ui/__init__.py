"""The desktop: pages, widgets and item models on top of the core."""
