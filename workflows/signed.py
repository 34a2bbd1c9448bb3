"""Signed reports of an authority, and the ways to find one again. Trial reports are nobody's records: left out."""

from __future__ import annotations

from django.db.models import OuterRef, Q, QuerySet, Subquery

from ita_core import thai
from ita_core.models import Organisation
from workflows.models import Act, Approval, State


def reports(
    organisation: Organisation, *, text: str = "", fiscal_year: str = "", period: str = "", drafter: str = ""
) -> QuerySet[Approval]:
    """Latest year first, each with the act that signed it. Every word of ``text`` stands in the title or subject.

    Stored titles are normalised, with Arabic digits, and the words are folded alike: either kind of digits finds them.
    """
    signature = Act.objects.filter(approval=OuterRef("pk"), kind=Act.Kind.SIGN).order_by("-sequence")
    final = Act.objects.filter(approval=OuterRef("pk"), document_set__final_file__isnull=False)
    rows = _signed(organisation)
    for word in thai.searchable(text).split():
        rows = rows.filter(Q(report__title__icontains=word) | Q(report__memo__subject__icontains=word))
    if fiscal_year:
        rows = rows.filter(report__fiscal_year=int(fiscal_year))
    if period:
        rows = rows.filter(report__period=period)
    if drafter:
        rows = rows.filter(report__drafter=int(drafter))
    rows = rows.annotate(
        signed_by_act=Subquery(signature.values("pk")[:1]),
        signed_at=Subquery(signature.values("acted_at")[:1]),
        final_act=Subquery(final.order_by("-sequence").values("pk")[:1]),
    )
    return rows.select_related("report__drafter", "report__item").order_by("-report__fiscal_year", "-pk")


def years(organisation: Organisation) -> list[int]:
    return list(
        _signed(organisation)
        .order_by("-report__fiscal_year")
        .values_list("report__fiscal_year", flat=True)
        .distinct()
    )


def drafters(organisation: Organisation) -> list[tuple[int, str]]:
    people = _signed(organisation).order_by("report__drafter__full_name")
    return list(people.values_list("report__drafter", "report__drafter__full_name").distinct())


def _signed(organisation: Organisation) -> QuerySet[Approval]:
    """Begun at the approval, whose index has the signed ones: an authority's open reports are not read for them."""
    return Approval.objects.of(organisation).filter(state=State.MAYOR_SIGNED, report__is_trial=False)
