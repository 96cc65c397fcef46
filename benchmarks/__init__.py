"""Speed and memory, each figure as a ratio against a peer in the same run: `python -m benchmarks [names]`, or `make bench`."""

import os

# No figure depends on a screen: windows of cmdesk and of its peers are drawn in memory, in every process that is measured.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("QT_QUICK_BACKEND", "software")
