"""The receipt of a publication: where it stands, since when, by which hash, and what was found there the last time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows import addressing, explaining, proofs, public_places
from workflows.addresses import AddressCheck, PostedAddress
from workflows.addressing import Place
from workflows.models import Act, Publication

FORMAT = 1
Problem = AddressCheck.Problem

# What an officer can do about it; the rest is the website's own trouble.
_ADVICE = {
    Problem.OTHER: gettext_lazy(
        "ไฟล์ที่นั่นถูกแก้ไข บันทึกใหม่ หรือเป็นฉบับก่อน โปรดอัปโหลด report.pdf จากชุดเผยแพร่โดยไม่แก้ไข"
    ),
    Problem.NO_FILE: gettext_lazy("โปรดวางที่อยู่ของไฟล์ .pdf เอง หรือใส่ลิงก์ไฟล์ไว้ในหน้านั้น"),
    Problem.PRIVATE: gettext_lazy("โปรดใช้ที่อยู่ที่ประชาชนเปิดได้จากภายนอกหน่วยงาน"),
    Problem.STATUS: gettext_lazy("โปรดเปิดที่อยู่นี้จากเครื่องที่ไม่ได้เข้าสู่ระบบของเว็บไซต์ แล้วดูว่าไฟล์ยังอยู่หรือต้องมีรหัสผ่าน"),
    Problem.LARGE: gettext_lazy("โปรดวางที่อยู่ของไฟล์ report.pdf เอง"),
}


@dataclass(frozen=True)
class Line:
    """A place with what was found there last; ``waits`` while somebody's order has not been carried out."""

    place: Place
    check: AddressCheck | None
    waits: bool

    @property
    def posted(self) -> PostedAddress | None:
        return self.place.posted

    @property
    def url(self) -> str:
        return self.place.url

    @property
    def page(self) -> str:
        """The publication's page here; what is looked at is the file beside it."""
        return explaining.own_address(self.place.publication)

    @property
    def result(self) -> str:
        return in_words(self.check)

    @property
    def why(self) -> str:
        return reason(self.check)

    @property
    def advice(self) -> str:
        problem = self.check.problem if self.check else ""
        if problem and self.posted is None:
            return _("โปรดแจ้งผู้ดูแลระบบว่าหน้าสาธารณะของระบบนี้เปิดจากที่อยู่ข้างต้นไม่ได้")
        return str(_ADVICE[Problem(problem)]) if problem in _ADVICE else ""

    @property
    def stopped(self) -> bool:
        return self.check is not None and not self.check.same

    @property
    def colour(self) -> str:
        if self.check is None:
            return ""
        return "state-good" if self.check.same else "state-warn" if self.check.reached else "state-bad"


def in_words(check: AddressCheck | None) -> str:
    if check is None:
        return _("ยังไม่ได้ตรวจ")
    if check.same:
        return _("เปิดได้ เป็นไฟล์เดียวกัน")
    return _("เปิดได้ แต่ไม่ใช่ไฟล์ที่เผยแพร่") if check.reached else _("เปิดไม่ได้")


def reason(check: AddressCheck | None) -> str:
    """Why not, in a sentence; "" where the file is there."""
    if check is None or not check.problem:
        return ""
    words = str(check.get_problem_display())
    return f"{words} ({check.status})" if check.problem == Problem.STATUS else words


def lines(places: list[Place]) -> list[Line]:
    """Of places of one authority. Four queries."""
    if not places:
        return []
    found = addressing.newest_checks(places[0].publication.organisation, places)
    waiting = addressing.waits(places)
    return [Line(place, found.get(place.key), place.key in waiting) for place in places]


@dataclass(frozen=True)
class Receipt:
    """``posted`` has every address that was ever posted for it, the newest first."""

    publication: Publication
    code: str
    withdrawn: Act | None
    own: Line
    posted: list[Line]


def of(publication: Publication) -> Receipt:
    organisation = publication.organisation
    rows = PostedAddress.objects.of(organisation).filter(publication=publication).select_related("posted_by")
    posted = [Place(publication, row) for row in rows.order_by("-sequence")]
    own, *others = lines([Place(publication, None), *posted])
    withdrawn = public_places.withdrawals(organisation.pk, [publication]).get(publication.pk)
    return Receipt(publication, _code(publication), withdrawn, own, others)


def _code(publication: Publication) -> str:
    """Of the set that the copy was made of, as the copy itself says it; the act of publishing issues none."""
    acts = publication.act.approval.acts.filter(
        sequence__lt=publication.act.sequence, document_set__isnull=False
    )
    act = acts.order_by("sequence").last()
    return proofs.code_of(act) if act else ""


def as_json(receipt: Receipt) -> dict[str, Any]:
    """The same for programs; times are ISO, hashes of the files."""
    publication, report = receipt.publication, receipt.publication.act.approval.report
    return {
        "format": FORMAT,
        "site": settings.SITE_URL,
        "authority": {
            "slug": publication.organisation.slug,
            "name": publication.organisation.full_name,
        },
        "fiscal_year_be": publication.fiscal_year,
        "item": {"key": report.item.key, "code": report.item.code, "title": report.item.title},
        "period": report.period,
        "version": publication.version,
        "published_at": publication.published_at.isoformat(),
        "act": {"sequence": publication.act.sequence, "hash": publication.act.hash},
        "withdrawn_at": receipt.withdrawn.acted_at.isoformat() if receipt.withdrawn else None,
        "code": receipt.code,
        "pdf": {"sha256": publication.pdf.sha256, "size": publication.pdf.size},
        "data": {"sha256": publication.data.sha256, "size": publication.data.size},
        "own": _line(receipt.own),
        "posted": [_line(line) for line in receipt.posted],
    }


def _line(line: Line) -> dict[str, Any]:
    check, posted = line.check, line.posted
    said = {
        "posted_at": posted.posted_at.isoformat(),
        "posted_by": posted.posted_by.full_name,
        "hash": posted.hash,
    } if posted else {}  # fmt: skip
    seen = {
        "at": check.checked_at.isoformat(),
        "reached": check.reached,
        "same": check.same,
        "problem": check.problem,
        "status": check.status,
        "sha256": check.sha256,
        "url": check.seen_url,
    } if check else None  # fmt: skip
    return {"address": line.url, **said, "check": seen}
