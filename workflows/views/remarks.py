"""Remarks of the last return as the editor's page shows them beside its boxes (memos/static/memos/desk/remarks.js).

Without scripts they are answered on their own page (comments.py); memos knows neither.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ita_core.membership import MemberRequest
from workflows import permissions, pinning
from workflows.views.page import approval_of, page


@page
@require_safe
def remarks(request: MemberRequest, pk: int) -> HttpResponse:
    """A fragment; empty when nothing was remarked. 403 and 409 as for editing."""
    approval, actor = approval_of(request, pk)
    permissions.check_may_resolve(actor, approval)
    by_box = pinning.for_editor(approval.report)
    found = [{"box": box, "remark": remark} for box, there in by_box.items() for remark in there]
    context = {
        "report": approval.report,
        "remarks": found,
        "open": sum(remark.resolved_at is None for there in by_box.values() for remark in there),
    }
    return render(request, "workflows/parts/remarks_beside.html", context)
