"""The page of people and copies: who was here last, and what lies in the folder."""
