"""The documents: what a customer or a manager reads, as PDF."""
