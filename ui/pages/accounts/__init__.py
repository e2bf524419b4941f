"""The accounts: figures, filters and one table of them all."""
