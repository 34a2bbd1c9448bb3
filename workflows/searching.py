"""Finding reports of an authority again: by words and parts of words, number, year, office, person and state.

An authority has some fifty reports, so its latest are looked through first, in the order in which they are shown: that
is all for most, and where there are more it fills the first pages with whatever is common. Only what is rarer asks the
index of the words (``ita_core.trigrams``), whose answers are then few. Trial reports are nobody's records: left out.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import StrIndex
from django.utils.translation import gettext_lazy

from ita_core import thai, trigrams
from ita_core.models import Organisation, OrgUnit, User
from memos.models import Report
from workflows import passages, retention
from workflows.models import Act, Approval, SearchText, State
from workflows.passages import Piece

LATEST = 2_000
MOST_WORDS = 12
EVERY_STATE = "all"
DUE, HELD = "due", "held"
KEPT = {DUE: gettext_lazy("ครบกำหนดเก็บ"), HELD: gettext_lazy("ระงับการทำลาย")}


@dataclass(frozen=True)
class Asked:
    """What the archive is asked for; what is empty asks nothing. Without a state it is asked for the signed ones.

    ``words`` are folded: every one stands somewhere in the report's text. ``number`` is a running number, or a part of
    one with its prefix.
    """

    words: tuple[str, ...] = ()
    number: str = ""
    fiscal_year: int | None = None
    period: str = ""
    drafter: int | None = None
    state: str = State.MAYOR_SIGNED
    kept: str = ""

    @classmethod
    def of(cls, typed: dict[str, str]) -> Asked:
        """From the filters as a form has them."""
        words = thai.searchable(typed.get("text", "")).split()[:MOST_WORDS]
        offices = [thai.searchable(office) for office in (typed.get("office", ""),) if office]
        return cls(
            words=tuple(dict.fromkeys([*words, *offices])),
            number=thai.searchable(typed.get("number", "")).strip(),
            fiscal_year=int(typed["fiscal_year"]) if typed.get("fiscal_year") else None,
            period=typed.get("period", ""),
            drafter=int(typed["drafter"]) if typed.get("drafter") else None,
            state=typed.get("state") or State.MAYOR_SIGNED,
            kept=typed.get("kept", ""),
        )


@dataclass(frozen=True)
class Found:
    """A report as the archive shows it: when it was signed, the act that issued its newest set, that of its newest final

    file, where the words stand. A number given after the signature has a set of its own.
    """

    approval: Approval
    number: str
    issued_by: UUID | None
    signed_at: datetime.datetime | None
    final_act: UUID | None
    passages: list[list[Piece]]

    @property
    def report(self) -> Report:
        return self.approval.report

    @property
    def report_id(self) -> int:
        return self.approval.report_id


def found(organisation: Organisation, asked: Asked, start: int, stop: int) -> list[Found]:
    """The rows from ``start`` to before ``stop``, the latest year first."""
    signature = Act.objects.filter(approval=OuterRef("approval"), kind=Act.Kind.SIGN).order_by("-sequence")
    issued = Act.objects.filter(document_set=OuterRef("approval__document_set"))
    final = Act.objects.filter(approval=OuterRef("approval"), document_set__final_file__isnull=False)
    rows = SearchText.objects.of(organisation).filter(pk__in=_keys(organisation, asked, start, stop))
    rows = rows.select_related("approval__report__drafter", "approval__report__item").annotate(
        issued_by=Subquery(issued.values("pk")[:1]),
        signed_at=Subquery(signature.values("acted_at")[:1]),
        final_act=Subquery(final.order_by("-sequence").values("pk")[:1]),
    )
    if not asked.words:
        rows = rows.defer("text", "folded")
    return [_told(row, asked.words) for row in _in_order(rows)]


def _told(row: Any, words: Sequence[str]) -> Found:
    """``row`` has the annotations of ``found``."""
    return Found(
        approval=row.approval,
        number=row.number,
        issued_by=row.issued_by,
        signed_at=row.signed_at,
        final_act=row.final_act,
        passages=passages.of(row.text, row.folded, words) if words else [],
    )


def _keys(organisation: Organisation, asked: Asked, start: int, stop: int) -> list[int]:
    """Two questions at most for a page that the latest fill, or that is everything; a third for what is rare."""
    rows = _in_order(_filtered(organisation, asked))
    if not asked.words:
        return list(rows.values_list("pk", flat=True)[start:stop])
    latest = SearchText.objects.of(organisation).filter(pk__in=rows.values("pk")[:LATEST])
    keys = list(_in_order(_read_for(latest, asked.words)).values_list("pk", flat=True)[start:stop])
    if len(keys) == stop - start or not rows[LATEST : LATEST + 1].exists():
        return keys
    long = [word for word in asked.words if len(word) >= trigrams.SHORTEST]
    for word in long:
        rows = trigrams.containing(rows, word)
    rows = _read_for(rows, [word for word in asked.words if word not in long])
    return list(rows.values_list("pk", flat=True)[start:stop])


def _filtered(organisation: Organisation, asked: Asked) -> QuerySet[SearchText]:
    rows: QuerySet[SearchText] = SearchText.objects.of(organisation)
    if asked.state != EVERY_STATE:
        rows = rows.filter(state=asked.state)
    if asked.fiscal_year is not None:
        rows = rows.filter(fiscal_year=asked.fiscal_year)
    if asked.period:
        rows = rows.filter(approval__report__period=asked.period)
    if asked.drafter is not None:
        rows = rows.filter(approval__report__drafter=asked.drafter)
    if asked.kept == HELD:
        rows = rows.filter(approval__retention__is_held=True)
    elif asked.kept == DUE:
        rows = rows.filter(approval__in=retention.due(organisation).values("approval"))
    if asked.number:
        rows = _numbered(rows, asked.number)
    return rows


def _numbered(rows: QuerySet[SearchText], typed: str) -> QuerySet[SearchText]:
    """Digits alone are a whole running number; 12 does not find 112."""
    if typed.isascii() and typed.isdigit() and len(typed) <= 9:
        return rows.filter(running=int(typed))
    return rows.filter(number__icontains=typed)


def _read_for(rows: QuerySet[SearchText], words: Sequence[str]) -> QuerySet[SearchText]:
    """By reading the text: no index knows this function, so that no planner goes through one for a common word."""
    places = {f"place_{number}": StrIndex(F("folded"), Value(word)) for number, word in enumerate(words)}
    return rows.alias(**places).filter(**{f"{name}__gt": 0 for name in places})


def _in_order(rows: QuerySet[SearchText]) -> QuerySet[SearchText]:
    return rows.order_by("-fiscal_year", "-approval")


# --- what the filters offer


def years(organisation: Organisation) -> list[int]:
    """Those of submitted reports, the latest first: one step of the index a year, and not one a report."""
    with connection.cursor() as cursor:
        cursor.execute(_YEARS, [organisation.pk, organisation.pk])
        return [year for (year,) in cursor.fetchall()]


_TABLE = SearchText._meta.db_table
_YEARS = f"""
    WITH RECURSIVE found(fiscal_year) AS (
        SELECT MAX(fiscal_year) FROM {_TABLE} WHERE organisation_id = %s
        UNION ALL
        SELECT (SELECT MAX(later.fiscal_year) FROM {_TABLE} later
                WHERE later.organisation_id = %s AND later.fiscal_year < found.fiscal_year)
        FROM found WHERE found.fiscal_year IS NOT NULL
    )
    SELECT fiscal_year FROM found WHERE fiscal_year IS NOT NULL ORDER BY fiscal_year DESC
"""  # noqa: S608 (our own table's name)


def drafters(organisation: Organisation) -> list[tuple[int, str]]:
    """Who had a post here and drafted what was submitted. Asked person by person: an authority has few."""
    theirs = Report.objects.of(organisation).filter(
        drafter=OuterRef("pk"), is_trial=False, approval__content__isnull=False
    )
    people = User.objects.filter(appointments__post__organisation=organisation).distinct()
    rows = people.filter(Exists(theirs)).order_by("full_name")
    return list(rows.values_list("pk", "full_name"))


def offices(organisation: Organisation) -> list[str]:
    rows: QuerySet[Any] = OrgUnit.objects.of(organisation).order_by("name")
    return list(dict.fromkeys(rows.values_list("name", flat=True)))
