"""``python -m tests.draw_templates``: the pictures by which an authority chooses its memo, from the templates themselves.

They are kept in the source so that choosing needs no LibreOffice; drawn anew when a shipped template changes.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import django

OUT = Path(__file__).resolve().parent.parent / "workflows" / "static" / "workflows" / "first"
DOTS_PER_INCH = 82
"""680 pixels across a page, twice what the page shows."""
GREYS = 32


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_core.settings")
    django.setup()
    from django.db import transaction
    from PIL import Image

    from ita_core.models import Organisation
    from memos import documents, template_sample
    from memos.docx import compile_template
    from memos.docx.placeholders import KINDS
    from tests import rendering
    from workflows import setting_up_paper

    with transaction.atomic():  # An office that is there for as long as its sample is made.
        office = Organisation(slug="sample", kind=Organisation.Kind.SAO, name="ตัวอย่าง", province="ตัวอย่าง")
        office.save()
        content = template_sample.frozen(office, with_cover=False)
        transaction.set_rollback(True)
    papers = {
        one.name: documents.render_memo(
            compile_template(one.read(), KINDS["memo"]), content, template_sample.blocks(), number="12"
        )
        for one in setting_up_paper.memo_templates()
    }
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        for name, pdf in rendering.to_pdf(papers, Path(work)).items():
            first = rendering.to_pictures(pdf, DOTS_PER_INCH)[0]
            Image.open(first).quantize(GREYS).save(OUT / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
