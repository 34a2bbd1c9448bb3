"""The five examples, published with LibreOffice: nothing of whoever signed by hand is in the file, and every page is read."""

from __future__ import annotations

import io
import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from ita_core import thai
from memos import archive
from memos.rendering import office
from memos.sealing import public
from tests import pdf_a
from tests.volumes import SOAK
from workflows import actions, examples, proofs, public_making, verification
from workflows.examples import loading, reports, walking
from workflows.models import Act, Publication
from workflows.officers import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.rendering]


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    yield
    office.of_this_process().close()


def _published(name: str) -> tuple[Act, Publication]:
    loading.load(name)
    report = reports.find(examples.read(name, "report"))
    assert report is not None
    *_before, last = walking._acts(walking._actor(report.drafter, report.organisation), report)
    actor = Actor(report.drafter, report.organisation)
    draft = actions.prepare_public(actor, report.pk, revision=0)
    public_making.make(
        {"organisation": report.organisation_id, "draft": draft.pk, "revision": draft.revision}
    )
    act = actions.publish(actor, report.pk, revision=draft.revision)
    return last, Publication.objects.of(report.organisation).select_related(
        "pdf", "data", "organisation"
    ).get(act=act)


def _said(*command: object) -> str:
    return subprocess.run(
        [str(word) for word in command], check=True, capture_output=True, timeout=60
    ).stdout.decode()


@pytest.mark.sampled
@pytest.mark.parametrize("name", examples.names() if SOAK else examples.names()[1::3])
def test_an_example_is_published(name: str, tmp_path: Path) -> None:
    signed, row = _published(name)
    pdf, path = archive.read(row.pdf), tmp_path / "public.pdf"
    path.write_bytes(pdf)
    assert pdf_a.faults(pdf) == []
    fonts = _said("pdffonts", path).splitlines()[2:]
    assert fonts
    assert all(re.search(r" yes (yes|no) +(yes|no) +\d+ +\d+$", line) for line in fonts), fonts
    count = _says_nothing_of_its_makers(pdf)
    address = proofs.address_of(signed)
    for number, words in enumerate(_said("pdftotext", path, "-").split("\f")[:count], 1):
        assert public.LINE.format(address=address).replace("  ", " ") in " ".join(words.split()), number
    # The last page lies across.
    _reads_its_code(path, [1, count], address)
    _tells_the_same(json.loads(archive.read(row.data)), _said("pdftotext", path, "-"))
    assert list(verification.faults([row.organisation])) == []


def _says_nothing_of_its_makers(pdf: bytes) -> int:
    """Title and producer, no attachment, and no picture but the emblem. Returns the number of pages."""
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as opened:
        assert not opened.docinfo
        assert not opened.attachments
        with opened.open_metadata() as metadata:
            said = {key.rpartition("}")[2] for key in metadata}
        assert said == {"part", "conformance", "title", "CreateDate", "ModifyDate", "CreatorTool", "Producer"}
        drawn = {
            one.objgen
            for page in opened.pages
            for one in page.Resources.XObject.values()
            if one.Subtype == "/Image"
        }
        assert len(drawn) <= 1
        return len(opened.pages)


def _reads_its_code(path: Path, pages: Sequence[int], address: str) -> None:
    for number in pages:
        picture = path.with_name(f"page-{number}")
        _said("pdftoppm", "-r", 200, "-png", "-singlefile", "-f", number, "-l", number, path, picture)
        with Image.open(picture.with_suffix(".png")) as image:
            assert [found.text for found in zxingcpp.read_barcodes(image.convert("L"))] == [address]


def _tells_the_same(data: dict[str, Any], words: str) -> None:
    """Data and paper say the same, but for the digits."""
    flat = "".join(thai.to_arabic_digits(words).split())
    for signer in data["signers"]:
        assert "".join(signer["name"].split()) in flat
    cells = [
        value
        for section in data["sections"]
        for measure in section["measures"]
        for value in measure["cells"].values()
    ]
    assert any("".join(value.split()) in flat for value in cells if value)
