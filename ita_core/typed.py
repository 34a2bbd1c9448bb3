"""What somebody typed into a form that could not be taken: given back to be copied."""

from __future__ import annotations

import re

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

# Fields that nobody types: tokens, numbers of rows and versions, and the names of buttons and choices. Never a password or
# the code of a second proof: whoever finds an expired page would read it there.
_NOT_TYPED = re.compile(
    r"csrf|(.*\.)?id$|.*password|proof_code$|(step|content|revision|do|decision|stance|confirmed|window)$"
    r"|[up]-.*(FORMS|pk|kind|role|parent|unit|remove)$"
    r"|(period|item|form|under|speed|secrecy|preset|to|of|to_user|results)$|remark-[0-9]+-place$"
)


def texts(request: HttpRequest) -> list[str]:
    """Every text of the form that is not blank, in order; none of a form that cannot be read."""
    if request.method != "POST":
        return []
    try:
        lists = list(request.POST.lists())
    except (BadRequest, SuspiciousOperation, MultiPartParserError, ValueError, LookupError):
        return []
    return [text for name, values in lists if not _NOT_TYPED.match(name) for text in values if text.strip()]
