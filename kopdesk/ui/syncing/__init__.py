"""What is between laptop and centre."""
