"""People at work on a folder that a sync service carries about, in simulated hours.

Real workspaces and real files; only the time, the service and the people are models. It stands
outside `csdesk`, for the tests hold its laws and a benchmark counts what it uploads.
"""
