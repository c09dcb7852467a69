"""The window around the pages: navigation, top bar, status line, keys."""
