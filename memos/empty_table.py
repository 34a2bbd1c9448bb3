"""A form's table before anybody wrote in it, as Word will print it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ita_core import thai
from ita_core.models import Organisation
from memos import frozen, issuing, shipped
from memos.documents import TEMPLATE_MISSING, DocumentProblem, TemplateProblem
from memos.models import TemplateVersion

EMPTY_ROWS = 2
"""Activities under the one empty measure: enough to show what spans them."""


class NoTable(Exception):
    """It cannot be made; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def as_word(organisation: Organisation, form: frozen.Form) -> bytes:
    """The .docx by the authority's own template. NoTable when the template is missing or cannot be filled."""
    try:
        sha256 = shipped.current_template(organisation, TemplateVersion.Kind.MEASURES).sha256
        return issuing.measures_bytes(_content(organisation, form, sha256), organisation.pk)
    except TemplateVersion.DoesNotExist as missing:
        raise NoTable(str(TEMPLATE_MISSING)) from missing
    except (DocumentProblem, TemplateProblem) as problem:
        raise NoTable(_("จัดทำตารางเป็น Word ไม่สำเร็จ: %(problem)s") % {"problem": problem}) from problem


def _content(organisation: Organisation, form: frozen.Form, template: str) -> frozen.FrozenContent:
    cells = {
        level: dict.fromkeys(
            (key for column in form.columns if column.level == level for key in column.fields), ""
        )
        for level in ("measure", "activity")
    }
    activities = tuple(frozen.Activity(cells["activity"]) for _row in range(EMPTY_ROWS))
    measure = frozen.Measure(cells["measure"], activities)
    today = thai.ThaiDate(thai.today())
    return frozen.FrozenContent(
        organisation=frozen.OrganisationFacts(organisation.full_name, organisation.kind),
        report=frozen.ReportFacts(title=(form.title,), fiscal_year=today.be_year),
        memo=frozen.MemoHead(office="", number_prefix="", subject="", recipients=()),
        templates=frozen.Templates(memo="", measures=template),
        sections=(frozen.Section("", "", "", form, (measure,)),),
    )
