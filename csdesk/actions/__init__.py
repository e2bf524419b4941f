"""Every write a user can do, one verb each; they know no screen and commit nothing."""
