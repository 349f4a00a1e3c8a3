"""How long the program takes, as ratios to what is on the same machine; `python -m benchmarks` prints them."""
