"""What is kept: records, their vocabulary, their identities."""
