"""What needs somebody today, across all accounts."""
