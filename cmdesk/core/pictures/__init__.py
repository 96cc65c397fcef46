"""The pictures that say it all, composed as plain shapes (core.drawing): fit matrix, position chart, trend, score curve; where the network's circles stand. No Qt here.

Each is a module of its own, imported where it is drawn: the network counts with numpy, which a window that shows another picture does not wait for."""
