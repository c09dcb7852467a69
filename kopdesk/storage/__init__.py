"""The laptop's encrypted database: three layers of leaves, the tables that show them, keys, migrations."""
