"""The room of the people at the customer: list, organisation chart, and one person whole."""
