"""The first page: what is due today, and how every cooperative stands."""
