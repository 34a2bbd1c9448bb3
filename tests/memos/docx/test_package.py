"""The zip we write ourselves: same data, same bytes, readable by everybody else."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from memos import documents
from memos.docx.package import as_is, deflated, write_zip
from tests.memos import sample
from tests.memos import wordfiles as word


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8", exclude_characters="\0\\"), min_size=1), st.binary(), max_size=8
    )
)
def test_what_is_written_is_read_back(parts: dict[str, bytes]) -> None:
    stored = {
        name: deflated(data) if index % 2 else as_is(data) for index, (name, data) in enumerate(parts.items())
    }
    with zipfile.ZipFile(io.BytesIO(write_zip(stored))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == parts
        assert {info.date_time for info in archive.infolist()} <= {(1980, 1, 1, 0, 0, 0)}


def test_the_same_data_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "import django; from django.conf import settings; settings.configure(USE_I18N=False)\n"
        "import hashlib; from memos import documents; from tests.memos import sample, shapes, wordfiles\n"
        "memo = documents.render_memo(wordfiles.template('memo'), sample.CONTENT, sample.GIVEN, '12')\n"
        "table = documents.render_measures(wordfiles.template('measures'), sample.CONTENT)\n"
        "table += documents.render_measures(wordfiles.template('measures'), shapes.GROUPS)\n"
        "table += documents.render_summary(wordfiles.template('summary'), sample.CONTENT)\n"
        "for name in ('memo-preprinted', 'memo-two-columns'):\n"
        "    memo += documents.render_memo(wordfiles.named(name), sample.CONTENT, sample.GIVEN, '12')\n"
        "print(hashlib.sha256(memo + table).hexdigest())"
    )
    root = Path(__file__).resolve().parents[3]
    said = {
        subprocess.run(
            [sys.executable, "-c", script], cwd=root, env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            check=True, capture_output=True, text=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(said) == 1


def test_unchanged_parts_keep_their_bytes() -> None:
    filled = documents.render_memo(word.template("memo"), sample.CONTENT, sample.GIVEN)
    assert word.part(filled, "word/styles.xml") == word.part(word.shipped("memo"), "word/styles.xml")
    assert word.names(filled)[0] == "[Content_Types].xml"
    root = word.part(word.shipped("memo")).partition("<w:body>")[0].rpartition("<w:document")[2]
    assert root in word.part(filled)
