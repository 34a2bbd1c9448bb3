"""The stage of a story: a window for each person of the example authority, and the words of the papers it leaves."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field

from docx import Document
from playwright.sync_api import Page

from tests.browser.hands import Hand, Pointer
from tests.browser.looking import check_fits
from tests.browser.touring import check_thai
from workflows import examples
from workflows.examples.people import PIN

EXAMPLE = "phuang-phrom-khon"
UNDONE = "ยังไม่มีการดำเนินการ"
CORRECTED = "จัดทำข้อมูลเชิงสถิติการให้บริการครบ 12 เดือนแล้ว"
PRINTED = "จัดทำข้อมูลเชิงสถิติการให้บริการครบ ๑๒ เดือนแล้ว"


@dataclass
class Stage:
    """Opens a window for each person, who works with that ``hand``."""

    visitor: Callable[..., Page]
    width: int
    hand: Callable[[Page], Hand] = Pointer
    scripts: bool = True
    hands: dict[str, Hand] = field(default_factory=dict)

    def play(self, username: str) -> Hand:
        """Logs in by the form, once; afterwards home again."""
        if username not in self.hands:
            hand = self.hands[username] = self.hand(self.visitor(self.width, scripts=self.scripts))
            hand.page.goto("/accounts/login/")
            hand.write("[name=login]", username)
            hand.write("[name=password]", examples.read(EXAMPLE, "people")["password"])
            hand.follow("main button[type=submit]")
        self.hands[username].page.goto("/")
        return self.hands[username]

    def enter(self, username: str) -> Page:
        return self.play(username).page

    def look(self, page: Page) -> None:
        page.wait_for_load_state()
        check_thai(page)
        check_fits(page)


def prove(hand: Hand) -> bool:
    """Gives the example's PIN, where the page asks for it; whether it did."""
    asks = hand.page.locator("#proof-code").count() > 0
    if asks:
        hand.write("#proof-code", PIN)
    return asks


def words_of(docx: bytes) -> str:
    document = Document(io.BytesIO(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).replace("\u00a0", " ")
