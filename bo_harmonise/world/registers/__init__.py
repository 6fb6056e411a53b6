"""What each register shows of a cell, and whose record each of its records is."""
