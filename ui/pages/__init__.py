"""What one works in: a page for each entry of the sidebar, and one for an account."""
