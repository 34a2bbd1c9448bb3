"""What a page says of its own accord: its words without what comes from the database or belongs on paper."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from lxml import html

from ita_core import thai
from ita_core.administration import every
from ita_core.models import Organisation, User
from workflows import opinions, starting
from workflows.models import ApprovalStep

THAI = re.compile("[\u0e00-\u0e7f]+")
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-confirm")
ENGLISH = Path(__file__).resolve().parent.parent / "ita_core" / "locale" / "en" / "LC_MESSAGES" / "django.mo"
SHORTEST = 3


def words_of(page: bytes) -> list[str]:
    """Every text of a page and every attribute that is shown or read aloud; what says it is Thai is left out."""
    if not page.strip():
        return []  # a part of a page with nothing to say
    root = html.fromstring(page.decode())
    said = []
    for element in root.iter():
        if not _is_thai(element.getparent()):
            said.append(element.tail or "")
        if not isinstance(element.tag, str) or element.tag in {"script", "style", "textarea"}:
            continue
        if not _is_thai(element):
            said += [element.text or "", *(element.get(name) or "" for name in SPOKEN)]
    return [folded(text) for text in said if text.strip()]


def _is_thai(element: html.HtmlElement | None) -> bool:
    """Whether the nearest language said for it is Thai; the page as a whole is in the reader's."""
    while element is not None:
        if element.get("lang"):
            return element.tag != "html" and bool(element.get("lang") == "th")
        element = element.getparent()
    return False


def folded(text: str) -> str:
    return " ".join(thai.to_arabic_digits(text).replace(thai.NBSP, " ").split())


def left_over(texts: Iterable[str], known: list[str]) -> set[str]:
    """The texts that still hold Thai letters when everything known is taken out."""
    found = set()
    for text in texts:
        rest = text
        for piece in known:
            rest = rest.replace(piece, " ") if THAI.search(rest) else ""
        if THAI.search(rest):
            found.add(text)
    return found


def data() -> list[str]:
    """Texts of the database, of the lists that go on paper, and the Thai examples of the catalogue; longest first."""
    pieces: set[str] = set()
    for text in [*_stored(), *_for_paper(), *_examples()]:
        pieces |= {folded(line.replace("__", "")) for line in text.split("\n")}
        pieces |= {folded(part) for line in text.split("\n") for part in line.split("__")}
    pieces |= {word for person in User.objects.all() for word in folded(person.full_name).split()}
    return sorted((piece for piece in pieces if len(piece) >= SHORTEST), key=len, reverse=True)


def _stored() -> Iterator[str]:
    for label in ("ita_core", "memos", "workflows"):
        for model in apps.get_app_config(label).get_models():
            for row in every(model).values():
                yield from _strings(list(row.values()))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)


def _for_paper() -> Iterator[str]:
    yield from opinions.return_reasons()
    for step in every(ApprovalStep).select_related("approval__organisation"):
        yield from opinions.presets(step)
    for place in Organisation.objects.all():
        yield from (place.full_name, place.short_name, starting.title(place, 2565, "twelve_months"))
    yield from (*thai.MONTHS, *thai.SHORT_MONTHS)


def _examples() -> Iterator[str]:
    with ENGLISH.open("rb") as file:
        catalogue = vars(gettext.GNUTranslations(file))["_catalog"]
    for text in catalogue.values():
        yield from re.findall("[\u0e00-\u0e7f][\u0e00-\u0e7f .…๐-๙]*", str(text))
