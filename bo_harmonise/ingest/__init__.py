"""Take in files: find the adapter of each, read, map onto the common schema, account for every record."""
