"""How fast and how large CSDesk is, against yardsticks measured in the same run: `make bench`."""
