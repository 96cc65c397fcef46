"""The pictures that say it all, composed as plain shapes (core.drawing): fit matrix, position chart, circle map; trend and score curve. No Qt here.

Each is a module of its own, imported where it is drawn: the arrangement of the circle map counts with numpy, which a window that shows another picture does not wait for."""
