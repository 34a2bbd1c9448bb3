"""Examples: authorities with invented people and the reports of the samples, kept as JSON in data/<name>/.

people.json holds authorities, posts, routes and logins; report.json one report. Loading adds what is missing and never
changes what is there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def names() -> list[str]:
    return sorted(path.name for path in DATA.iterdir() if (path / "people.json").is_file())


def read(name: str, part: str) -> dict[str, Any]:
    """``people`` or ``report`` of an example. LookupError with a Thai sentence for a name that is not one."""
    if name not in names():
        raise LookupError(f"ไม่มีตัวอย่างชื่อ {name} ที่มีคือ {', '.join(names())}")
    data: dict[str, Any] = json.loads((DATA / name / f"{part}.json").read_text(encoding="utf-8"))
    return data
