"""The command line: what a window offers, for support, scripts and machines without a screen."""
