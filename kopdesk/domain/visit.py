"""A visit of the assistant to a cooperative."""
