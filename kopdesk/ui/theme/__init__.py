"""How everything looks, made from a handful of tokens."""
