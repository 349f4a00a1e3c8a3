"""What differs on the other side of 3.0, said of the config at hand: notes that break nothing today."""
