"""The registers: a year's lines as a page, on paper and as .xlsx, and reports that wait for a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ita_core import language, thai
from ita_core.membership import MemberRequest
from ita_core.paging import Slice
from memos import register as registers
from memos import register_lines, register_sheet
from memos.models import Register
from workflows import register_permissions as permissions
from workflows import waiting_numbers
from workflows.officers import Actor
from workflows.register_forms import RegisterFilter
from workflows.views.page import page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Other:
    """Another register, and the same page of it."""

    name: str
    address: str


def book_words(book: Register) -> str:
    """How the book numbers, in a sentence above the boxes."""
    if not book.allocates:
        return _("%(book)s: พิมพ์เลขที่ได้จากสมุดทะเบียนของสำนักงาน ระบบตรวจให้ว่าไม่ซ้ำ") % {"book": book}
    year = registers.year_of(book, thai.today())
    facts = {"book": book, "number": registers.next_number(book, year), "year": year}
    return language.shown(_("%(book)s: ระบบออกเลขให้ตามลำดับ เลขถัดไปของปี %(year)s คือ %(number)s") % facts)


def book_of(request: MemberRequest, pk: int | None) -> tuple[Register, list[Register]]:
    """The register of the address, and all of the authority's; the first when the address names none."""
    books = registers.of(request.membership.organisation)
    found = books[0] if pk is None else next((book for book in books if book.pk == pk), None)
    if found is None:
        raise Http404
    return found, books


@page
@require_safe
def show(request: MemberRequest, register: int | None = None) -> HttpResponse:
    """``?all=1`` has the whole year on one page, in the order of the book, to be printed."""
    book, books = book_of(request, register)
    form, year, filters = _filtered(request, book)
    found = register_lines.lines(book, year, **filters).select_related("report")
    whole = "all" in request.GET
    if whole:
        rows: Any = list(found.order_by("number")[: register_lines.MOST_ON_ONE_PAGE])
    else:
        rows = Slice(lambda start, stop: found[start:stop], request.GET)
    actor = Actor.of(request.membership)
    registrar = not permissions.may_register(actor)
    org = actor.organisation.slug
    context = {
        "book": book,
        "others": [Other(str(one), _address(org, one)) for one in books if one != book],
        "says": book_words(book) if registrar else "",
        "form": form,
        "year": year,
        "rows": rows,
        "whole": whole,
        "filtered": bool(filters),
        "columns": [label for _name, label in register_lines.COLUMNS],
        "registrar": registrar,
        "waiting": waiting_numbers.reports(actor.organisation, books) if registrar else [],
        "most": waiting_numbers.MOST,
    }
    return render(request, "workflows/register.html", context)


def _address(org: str, book: Register) -> str:
    return reverse("workflows:register_of", kwargs={"org": org, "register": book.pk})


def _filtered(request: MemberRequest, book: Register) -> tuple[RegisterFilter, int, dict[str, str]]:
    """The form, the year it asks for (today's when it asks for none that there is), and the rest."""
    years = register_lines.years(book)
    today = registers.year_of(book, thai.today())
    form = RegisterFilter({"year": str(today), **request.GET.dict()}, years=years)
    form.is_valid()  # What cannot be read filters nothing, so there is nothing to refuse.
    typed = {name: value for name, value in form.cleaned_data.items() if value}
    return form, int(typed.pop("year", today)), typed


@page
@require_safe
def sheet(request: MemberRequest, register: int) -> HttpResponse:
    """The lines that the page shows with the same filters, of the whole year."""
    book, _books = book_of(request, register)
    _form, year, filters = _filtered(request, book)
    data = register_sheet.as_xlsx(book, year, register_lines.lines(book, year, **filters))
    headers = {
        "Content-Disposition": content_disposition_header(True, f"ทะเบียน-{year}.xlsx") or "attachment",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=XLSX, headers=headers)
