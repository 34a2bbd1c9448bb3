"""What a unit says of one row: result, outcome, links, files; or that nothing was done, and why.

Kept as plain JSON in the row's draft and in each entry of the log; ``cells`` is how it stands in the table.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from ita_core import language, thai
from ita_core.unprintable import is_blank
from memos.collected import LONGEST_LINK
from memos.fields import normalised
from memos.item_numbers import renumbered

FILLED: Final = ("result", "outcome", "evidence")
"""The fields that units fill, wherever a form shows them."""
MOST_LINKS: Final = 20
MOST_FILES: Final = 10
_HOST: Final = re.compile(r"(?:[^\s./:@]+\.)+[^\s./:@0-9][^\s./:@]*\.?")


@dataclass(frozen=True)
class Words:
    """``files`` are numbers of CollectedFile. ``none``: there was nothing to do, ``why`` says the reason."""

    result: str = ""
    outcome: str = ""
    links: tuple[str, ...] = ()
    none: bool = False
    why: str = ""
    files: tuple[int, ...] = ()

    @classmethod
    def of(cls, draft: dict[str, Any]) -> Words:
        return cls(
            result=draft.get("result", ""),
            outcome=draft.get("outcome", ""),
            links=tuple(draft.get("links", ())),
            none=draft.get("none", False),
            why=draft.get("why", ""),
            files=tuple(draft.get("files", ())),
        )

    @classmethod
    def typed(
        cls, result: str, outcome: str, links: str, none: bool, why: str, files: Sequence[int]
    ) -> Words:
        """As a form brings it: normalised, one link a line."""
        lines = dict.fromkeys(line.strip() for line in normalised(links).split("\n") if line.strip())
        return cls(normalised(result), normalised(outcome), tuple(lines), none, normalised(why), tuple(files))

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "links": list(self.links), "files": list(self.files)}

    @property
    def is_empty(self) -> bool:
        return not (self.none or self.links or self.files) and all(
            is_blank(text) for text in (self.result, self.outcome, self.why)
        )

    @property
    def gives_evidence(self) -> bool:
        """Who says that nothing was done proves nothing, whatever was attached before."""
        return bool(self.links or self.files) and not self.none


def faults(words: Words) -> dict[str, str]:
    """By box: what cannot be stored. Empty boxes are no fault in a draft."""
    found = {name: thai.problem_in(getattr(words, name)) for name in ("result", "outcome", "why")}
    found["links"] = next((fault for link in words.links if (fault := fault_of_link(link))), None)
    if len(words.links) > MOST_LINKS:
        found["links"] = _("ใส่ลิงก์ได้ไม่เกิน %(most)s รายการต่อแถว") % {"most": language.shown(MOST_LINKS)}
    return {name: fault for name, fault in found.items() if fault}


def too_many_files() -> str:
    return _("แนบไฟล์ได้ไม่เกิน %(most)s ไฟล์ต่อแถว") % {"most": language.shown(MOST_FILES)}


def missing(words: Words, fields: Collection[str]) -> dict[str, str]:
    """By box: what has to be there before it is sent."""
    if words.none:
        return {"why": _("โปรดบอกเหตุผลที่ไม่มีการดำเนินการ")} if is_blank(words.why) else {}
    first = "result" if "result" in fields else "outcome" if "outcome" in fields else ""
    if not first:
        return {} if words.links or words.files else {"links": _("โปรดใส่ลิงก์หรือแนบไฟล์หลักฐาน")}
    if not is_blank(getattr(words, first)):
        return {}
    return {first: _("โปรดกรอกช่องนี้ หรือเลือก “ไม่มีการดำเนินการ” และบอกเหตุผล")}


def fault_of_link(link: str) -> str | None:
    """Whether anybody can open it is for the worker to say; here only whether it can be an address."""
    said = _("“%(link)s” ไม่ใช่ที่อยู่เว็บที่ครบถ้วน โปรดคัดลอกทั้งหมดจากช่องที่อยู่ของเบราว์เซอร์") % {
        "link": link if len(link) <= 60 else f"{link[:60]}…"
    }
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
        named = parts.port is None or parts.port > 0
    except ValueError:
        return said
    if parts.scheme not in ("http", "https") or not named or parts.username or re.search(r"\s", link):
        return said
    if len(link) > LONGEST_LINK:
        return _("ลิงก์ยาวเกินไป โปรดใช้ที่อยู่ที่สั้นกว่านี้")
    return None if _HOST.fullmatch(host) and thai.problem_in(link) is None else said


def cells(
    words: Words, fields: Collection[str], files: Sequence[str], now: Mapping[str, str]
) -> dict[str, str]:
    """Field → text as it is put into the table; what the unit left empty is not among them.

    ``now`` is what stands in the row's cells: the number that a cell bears on the paper stays with it.

    ``files`` are the names of the files. A form without a column for evidence gets the links below the first text, so
    that a reader of the paper finds them; names of files stand only where there is a column for them.
    """
    texts = {name: renumbered(text, now.get(name) or "") for name, text in _texts(words, fields)}
    lines = [*words.links, *(f"ไฟล์ {name}" for name in files)]
    if "evidence" in fields:
        if lines and not words.none:
            texts["evidence"] = "\n".join(lines)
    elif words.links and texts:
        first = next(iter(texts))
        texts[first] += "".join(f"\nหลักฐาน {link}" for link in words.links)
    return texts


def _texts(words: Words, fields: Collection[str]) -> Iterator[tuple[str, str]]:
    """What stands on paper is Thai in every language of the pages."""
    if words.none:
        first = next(name for name in FILLED if name in fields)
        yield first, f"ไม่มีการดำเนินการ เนื่องจาก{words.why.strip().removeprefix('เนื่องจาก').strip()}"
        return
    for name in ("result", "outcome"):
        if name in fields and not is_blank(getattr(words, name)):
            yield name, getattr(words, name)


def host_of(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_elsewhere(link: str, own: str) -> bool:
    """Whether a link leads to another domain than the authority's main website; nobody knows while that is not set."""
    host = host_of(link)
    return bool(own) and host != own and not host.endswith(f".{own}")
