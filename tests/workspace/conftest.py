"""The same computers and workspaces as for the tests of the store."""

from tests.store.conftest import clock, device, workspace

__all__ = ["clock", "device", "workspace"]
