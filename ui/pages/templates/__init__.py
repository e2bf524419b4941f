"""The library of plan templates on the screen."""
