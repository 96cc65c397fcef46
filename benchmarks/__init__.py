"""Speed and memory, each figure as a ratio against a peer in the same run: `python -m benchmarks [names]`, or `make bench`."""
