"""The KPIs of an account on the screen: cards, charts, the grid of months."""
