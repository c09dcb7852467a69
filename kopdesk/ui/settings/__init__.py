"""How this person wants the program."""
