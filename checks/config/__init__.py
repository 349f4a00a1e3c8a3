"""The file as a whole: can it be read, and does it say what was meant."""
