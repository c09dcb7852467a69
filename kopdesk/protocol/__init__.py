"""The messages between laptop and centre: one definition for both ends."""
