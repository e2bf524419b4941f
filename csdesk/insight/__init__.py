"""Pure calculation: no database, no screen."""
