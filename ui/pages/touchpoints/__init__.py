"""The tab of an account's touchpoints: the quick log, the history, one touchpoint whole."""
