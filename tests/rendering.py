"""Word to PDF to pictures with LibreOffice, for tests that measure pages.

Several files in one run of a LibreOffice of the test's own, in any format; the system itself makes PDF in
memos/rendering, whose fonts are pinned here too.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from memos.rendering import fonts

TIMEOUT = 120  # seconds for one conversion; a cold start takes about one


class RenderingFailed(RuntimeError):
    """LibreOffice left no file; the message is what it said."""


def available() -> bool:
    return all(shutil.which(program) for program in ("soffice", "pdftoppm", "pdftotext"))


def to_pdf(documents: dict[str, bytes], folder: Path) -> dict[str, Path]:
    """Every document (name → .docx bytes) as folder/name.pdf, in one run. RenderingFailed if any is missing."""
    return _convert(documents, folder, "pdf")


def saved_again(documents: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """The documents as another program writes them: its own runs, names of styles, order of parts."""
    return {
        name: path.read_bytes() for name, path in _convert(documents, folder, "docx:MS Word 2007 XML").items()
    }


def _convert(documents: dict[str, bytes], folder: Path, target: str) -> dict[str, Path]:
    with _profile() as (arguments, environment, work):
        sources = []
        for name, data in documents.items():
            source = work / f"{name}.docx"
            source.write_bytes(data)
            sources.append(str(source))
        said = _run(
            ["soffice", *arguments, "--convert-to", target, "--outdir", str(folder), *sources], environment
        )
    made = {name: folder / f"{name}.{target.partition(':')[0]}" for name in documents}
    missing = [name for name, path in made.items() if not path.exists()]
    if missing:
        raise RenderingFailed(f"nothing made of {', '.join(missing)}: {said}")
    return made


def to_pictures(pdf: Path, dots_per_inch: int = 100) -> list[Path]:
    """The pages as PNG beside the PDF, in order."""
    stem = pdf.with_suffix("")
    subprocess.run(
        ["pdftoppm", "-png", "-r", str(dots_per_inch), str(pdf), str(stem)], check=True, timeout=TIMEOUT
    )
    return sorted(pdf.parent.glob(f"{stem.name}-*.png"))


@contextlib.contextmanager
def _profile() -> Iterator[tuple[list[str], dict[str, str], Path]]:
    """A profile and a font configuration of this run's own: two conversions on one profile disturb each other."""
    with tempfile.TemporaryDirectory(prefix="rendering-") as root:
        work = Path(root)
        arguments = [
            "--headless",
            "--norestore",
            "--nolockcheck",
            f"-env:UserInstallation={(work / 'profile').as_uri()}",
        ]
        yield arguments, fonts.environment(work), work


def _run(command: list[str], environment: dict[str, str]) -> str:
    """Runs in a session of its own, so that a time-out takes LibreOffice's children along."""
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said, _none = process.communicate(timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise RenderingFailed(f"LibreOffice took longer than {TIMEOUT} s") from None
    return said
