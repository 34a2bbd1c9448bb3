"""Loads a whole example in one transaction: authorities, people, report."""

from __future__ import annotations

from django.db import transaction

from ita_core import assessment, holidays
from ita_core.models import Organisation, Post
from memos import shipped
from workflows import examples
from workflows.examples import authorities, people, reports
from workflows.examples.people import Login


@transaction.atomic
def load(name: str) -> list[Login]:
    """Adds what is missing, changes nothing that is there, and returns the example's logins.

    LookupError for an unknown name; Refused when the report's drafter may no longer draft.
    """
    people_file, report_file = examples.read(name, "people"), examples.read(name, "report")
    assessment.load()
    holidays.load()
    shipped.load()
    organisations: dict[str, Organisation] = {}
    posts: dict[str, dict[str, Post]] = {}
    for row in people_file["authorities"]:
        organisations[row["slug"]], posts[row["slug"]] = authorities.load(row)
    logins = [
        people.load(row, people_file["password"], posts, organisations) for row in people_file["people"]
    ]
    reports.load(report_file)
    return [login for login in logins if login is not None]
