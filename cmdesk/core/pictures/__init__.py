"""The pictures that say it all, composed as plain shapes (core.drawing): fit matrix, position chart, circle map; trend and score curve. No Qt here."""

from __future__ import annotations

from cmdesk.core.pictures import arrangement, bands, curve, frame, matrix, position, trend

__all__ = ["arrangement", "bands", "curve", "frame", "matrix", "position", "trend"]
