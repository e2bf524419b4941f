"""The page of one account: header and tabs."""
