"""A person at a browser without scripts, by HTTP alone: open a page, fill in its form, press a button, follow.

Fields that the person does not touch are sent as the page gave them, hidden ones included, so that a story told with
these helpers fails when a page forgets one.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from django.test import Client
from lxml import html

from ita_core import confirming
from tests.personas import PASSWORD, PIN


class Person:
    """A logged-in person and the page that is open."""

    def __init__(self, login: str, address: str = "/") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.open("/accounts/login/")
        self.press("เข้าสู่ระบบ", login=login, password=PASSWORD)
        self.open(address)

    def open(self, address: str) -> Person:
        self._arrive(self.client.get(address, follow=True), address)
        return self

    def follow(self, words: str) -> Person:
        """The link whose text holds ``words``; the first of several."""
        for link in self.page.iter("a"):
            if words in _said(link):
                return self.open(urljoin(self.address, link.get("href")))
        raise AssertionError(f"no link says {words!r} on {self.address}:\n{self.text}")

    def press(self, words: str, **typed: Any) -> Person:
        """Fill in ``typed`` (name → value; dots in names as in ``**{"m0.c.measure": …}``) and press the button."""
        button = self._button(words)
        form = _form_of(button)
        data: dict[str, Any] = {}
        areas = {element.get("name") for element in form.iter("textarea")}
        for name, value in form.form_values():
            # A browser drops the line end that a text area begins with; this parser keeps it.
            data.setdefault(name, []).append(value.removeprefix("\n") if name in areas else value)
        unknown = set(typed) - set(form.fields.keys())
        assert not unknown, f"the form has no {unknown}; it has {sorted(form.fields.keys())}"
        if confirming.FIELD in form.fields:
            data[confirming.FIELD] = PIN
        data.update(typed)
        if button.get("name"):
            data[button.get("name")] = button.get("value", "")
        address = urljoin(self.address, form.get("action") or "")
        self._arrive(self.client.post(address, data, follow=True), address)
        return self

    def download(self, words: str) -> list[bytes]:
        """What every link to a file gives whose address ends with ``words``."""
        addresses = {
            link.get("href") for link in self.page.iter("a") if (link.get("href") or "").endswith(words)
        }
        responses = [self.client.get(address) for address in sorted(addresses)]
        assert all(response.status_code == 200 for response in responses)
        return [response.content for response in responses]

    @property
    def text(self) -> str:
        return _said(self.page.find(".//main") if self.page.find(".//main") is not None else self.page)

    def _button(self, words: str) -> Any:
        found = [button for button in self.page.iter("button") if words in _said(button)]
        assert found, f"no button says {words!r} on {self.address}:\n{self.text}"
        assert "disabled" not in found[0].attrib, (
            f"{words!r} cannot be pressed on {self.address}:\n{self.text}"
        )
        return found[0]

    def _arrive(self, response: Any, address: str) -> None:
        chain = response.redirect_chain
        self.address = urljoin(address, chain[-1][0]) if chain else address
        self.status = response.status_code
        self.page = html.fromstring(response.content)


def _said(element: Any) -> str:
    return " ".join(element.text_content().replace("\u00a0", " ").split())


def _form_of(button: Any) -> Any:
    if button.get("form"):
        return button.getroottree().getroot().get_element_by_id(button.get("form"))
    return next(element for element in button.iterancestors() if element.tag == "form")
