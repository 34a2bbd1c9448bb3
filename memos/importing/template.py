"""A Word template judged in the child process: it is compiled, and what is wrong with it is said in the officer's words."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]


def read_template(data: bytes, kind: str, language: str) -> dict[str, str]:
    """``problem`` is a sentence, or "" for a template that can be filled. The child has no settings but these."""
    import django
    from django.conf import settings

    settings.configure(
        LANGUAGE_CODE=language, LOCALE_PATHS=[_ROOT / "ita_core" / "locale"], LOGGING_CONFIG=None
    )
    django.setup()

    from memos.docx import TemplateProblem, compile_template
    from memos.docx.media import check_pictures
    from memos.docx.placeholders import KINDS
    from memos.docx.reading import read_parts

    try:
        compile_template(data, KINDS[kind])
        check_pictures(read_parts(data))
    except TemplateProblem as problem:
        return {"problem": str(problem)}
    return {"problem": ""}
