"""An open workspace: one way in, one way out, and everything that brings files to it and back."""
