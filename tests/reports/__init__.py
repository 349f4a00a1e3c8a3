"""Reports of every format, from samples."""
