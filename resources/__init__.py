"""Fonts, icons, themes, translations, mappings and samples that ship with the program."""
