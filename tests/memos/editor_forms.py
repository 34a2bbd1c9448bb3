"""What a browser would post from the editor's pages, and what is stored afterwards."""

from __future__ import annotations

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from memos.models import Report
from tests.logging_in import log_in
from tests.personas import Authority

Cells = list[tuple[dict[str, str], list[dict[str, str]]]]


def as_person(home: Authority, key: str = "legal_officer") -> Client:
    client = Client()
    log_in(client, home.people[key])
    return client


def memo_url(report: Report) -> str:
    return reverse("memos:edit_memo", args=[report.organisation.slug, report.pk])


def section_url(report: Report, place: int = 0) -> str:
    section = report.sections.all()[place]
    return reverse("memos:edit_section", args=[report.organisation.slug, report.pk, section.pk])


def form_of(client: Client, url: str) -> dict[str, str]:
    """What a browser would post: every field of the page's editor form with its value."""
    page = client.get(url)
    assert page.status_code == 200
    return fields_in(page.content.decode())


def fields_in(html: str) -> dict[str, str]:
    body = html.split('id="editor-form"', 1)[1].split("</form>", 1)[0]
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", body):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found[name[1]] = unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea[^>]*?name="([^"]*)"[^>]*>\n?(.*?)</textarea>', body, re.DOTALL):
        found[name] = unescape(text)
    for name, options in re.findall(r'<select[^>]*?name="([^"]*)"[^>]*>(.*?)</select>', body, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = unescape(chosen[1]) if chosen else ""
    found.pop("csrfmiddlewaretoken", None)
    return found


def fresh(report: Report) -> Report:
    return Report.objects.of(report.organisation).select_related("memo").get(pk=report.pk)


def cells(report: Report, place: int = 0) -> list[tuple[dict[str, str], list[dict[str, str]]]]:
    section = report.sections.all()[place]
    return [
        (measure.cells, [activity.cells for activity in measure.activities.all()])
        for measure in section.measures.all()
    ]
