"""The program's own controls, made once and used on every page."""
