"""Documents as they will be printed: on the screen, on paper, in a file, or as a message."""
