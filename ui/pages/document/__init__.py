"""The page of a document: its preview, its options, what it would tell, what the customer has."""
