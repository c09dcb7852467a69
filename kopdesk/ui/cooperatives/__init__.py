"""The cooperatives: a table, and the dossier of each."""
