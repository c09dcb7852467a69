"""Facts become sentences and labels here, in Indonesian or English, as plain text."""
