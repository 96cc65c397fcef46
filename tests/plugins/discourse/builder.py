"""Files of a forum built by hand, and read by the importer with its ledger checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cmdesk.plugins.discourse import plugin
from tests.plugins.stating import Stated


def post(number: int, username: str | None = "Ann", *, topic: int = 7, **more: Any) -> dict[str, Any]:
    """A post as the API gives it; its id follows from topic and number."""
    fields = {"id": topic * 1_000 + number, "topic_id": topic, "post_number": number, "post_type": 1, "username": username, "name": "", "user_id": 1,
              "created_at": f"2024-03-07T10:{number % 60:02}:00.000Z", "updated_at": f"2024-03-07T10:{number % 60:02}:00.000Z", "version": 1,
              "cooked": "<p>Hello</p>", "reply_to_post_number": None, "actions_summary": [], "accepted_answer": False}  # fmt: skip
    return fields | more


def topic(*posts: Any, number: int = 7, **more: Any) -> dict[str, Any]:
    """A topic with its posts."""
    fields = {"id": number, "title": "Oaks?", "category_id": 3, "archetype": "regular", "tags": ["trees"], "created_at": "2024-03-07T10:00:00.000Z"}
    return fields | {"post_stream": {"posts": list(posts), "stream": [one["id"] for one in posts]}} | more


class Read(Stated):
    """What the importer states about a source."""

    (importer,) = plugin.cmdesk_importers()

    def __init__(self, path: Path, options: dict[str, Any] | None = None, **files: Any) -> None:
        """`files`: a text each, or what becomes JSON, by name with __ for the dot."""
        if files:
            path.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            text = content if isinstance(content, str) else json.dumps(content)
            (path / name.replace("__", ".")).write_text(text, "utf-8", newline="")
        super().__init__(path, **(options or {}))
