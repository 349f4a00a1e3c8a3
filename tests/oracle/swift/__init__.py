"""Swift: what the real registry does on a real cluster in which something is wrong, and what was foretold of it."""
