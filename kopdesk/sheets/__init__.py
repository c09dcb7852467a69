"""Tables people made with spreadsheets: read within limits, mapped, and read as figures without guessing."""
