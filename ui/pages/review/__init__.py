"""The page of what waits for a decision after copies met."""
