"""The core of CSDesk: accounts, success plans and KPIs in one local file. No Qt in here."""

__version__ = "0.1.0"
