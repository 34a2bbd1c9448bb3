"""A page of the editor as the server meets it: what it has heard of, and what it asks for."""

from __future__ import annotations

import itertools
import json
from typing import Any

from django.test import Client
from django.urls import reverse

from memos import live as desk
from memos import news
from memos.models import CoDrafter, Report
from tests.memos.editor_forms import as_person
from tests.personas import Authority

_WINDOWS = itertools.count(1)


def live_url(report: Report) -> str:
    return reverse("memos:live", args=[report.organisation.slug, report.pk])


def cell(row: str, field: str, was: str, text: str) -> dict[str, str]:
    return {"row": row, "field": field, "was": was, "text": text}


def shown_now(report: Report, page: str) -> tuple[dict[tuple[str, str], str], list[str]]:
    """Texts and rows of a page that is opened now."""
    fresh = Report.objects.of(report.organisation_id).select_related("memo").get(pk=report.pk)
    told = news.since(fresh, desk.section_of_page(fresh, page), -1)
    return {(one["row"], one["field"]): one["text"] for one in told["changed"]}, told["order"]


class Window:
    """One open page. ``texts`` is what it shows: what it was told, by (row, field)."""

    def __init__(self, home: Authority, report: Report, key: str = "legal_officer", page: str = "") -> None:
        self.report = report
        self.client: Client = as_person(home, key)
        self.url = live_url(report)
        self.page = page or f"section-{report.sections.all()[0].pk}"
        fresh = Report.objects.of(home.organisation).get(pk=report.pk)
        self.body: dict[str, Any] = {
            "window": f"{next(_WINDOWS):012x}",
            "user": home.people[key].pk,
            "page": self.page,
            "place": "",
            "revision": fresh.revision,
        }
        self.turn = 0
        self.texts, self.order = shown_now(fresh, self.page)

    def report_texts(self) -> dict[tuple[str, str], str]:
        return shown_now(self.report, self.page)[0]

    def ask(self, **more: Any) -> Any:
        body = {**self.body, "turn": 0, "cells": [], "ops": [], **more}
        return self.client.post(self.url, json.dumps(body), content_type="application/json")

    def say(self, cells: list[dict[str, str]] | None = None, ops: list[dict[str, str]] | None = None) -> Any:
        """The next turn; the answer is taken in as the page takes it in."""
        self.turn += 1
        answer = self.ask(turn=self.turn, cells=cells or [], ops=ops or [])
        assert answer.status_code == 200, answer.content.decode()
        told = answer.json()
        self.read(told)
        return told

    def read(self, told: dict[str, Any]) -> None:
        self.body["revision"] = told["revision"]
        for one in [*told["saved"], *told["changed"]]:
            self.texts[one["row"], one["field"]] = one["text"]
        if told["order"] is not None:
            self.order = told["order"]
            self.texts = {
                place: text
                for place, text in self.texts.items()
                if place[0] in self.order or not place[0].startswith(("measure-", "activity-", "enclosure-"))
            }

    def look(self) -> Any:
        told = self.ask().json()
        self.read(told)
        return told

    def type(self, row: str, field: str, text: str) -> Any:
        return self.say([cell(row, field, self.texts.get((row, field), ""), text)])


def first_activity(window: Window) -> str:
    return next(name for name in window.order if name.startswith("activity-"))


def first_measure(window: Window) -> str:
    return window.order[0]


def co_drafter(home: Authority, report: Report, key: str = "second_legal_officer") -> Window:
    CoDrafter.objects.of(home.organisation).get_or_create(
        organisation=home.organisation, report=report, user=home.people[key]
    )
    return Window(home, report, key)
