"""As many signings in the queue as there are authorities in Thailand, and what pages take while workers make the files.

Every order is a signed report's set of real Word files: the example of sample 002, submitted, endorsed and signed through
the very actions. Only so many are signed as can be made within the time of a run; the other orders stand behind them in
the queue, so that it is as long as it would be, and the whole time is a projection. Each file is three papers turned into
PDF/A by LibreOffice, joined, and sealed; as many workers as cores. Pictures of papers, which every act orders too, are not
in this queue. ``make soak`` makes all of them.
"""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.db import connections
from django.urls import reverse

from ita_core import outbox
from ita_core.outbox import Job
from memos import archive
from memos.models import DocumentSet, FinalFile, Report
from tests.benchmarks import approving
from tests.benchmarks.measuring import Row
from tests.benchmarks.serving import Reader, served, session_of
from workflows import sealed
from workflows.models import Approval

SIGNINGS = 7_850
"""Local administrative organisations in Thailand: each signs one, and on the last day all of them do."""
HEADING = "{number:,} signings queued"
PAPERS = 3  # of a final file
A_SECOND = 2  # files of a lane, which nobody reaches: so many are signed for each second of the run
PAUSE = 0.1
CALLS = 4
CORES = os.cpu_count() or 1


def measure(seconds: float) -> Iterator[Row]:
    """``seconds`` of work by as many lanes as cores, beside quiet pages before and one soffice call per file after."""
    report = approving.sample()
    Job.objects.all().delete()
    sets = signed(report, CORES * int(A_SECOND * seconds + 2))
    order(sets, SIGNINGS)
    heading = HEADING.format(number=SIGNINGS)
    pages = _pages(report)
    rounds = max(3, int(seconds / (len(pages) * (PAUSE + 0.15))))
    with served() as port:
        reader = Reader(port, session_of(report.drafter))
        reader.milliseconds(pages, 3, 0)
        quiet = reader.milliseconds(pages, rounds, PAUSE)
        with at_work(CORES):
            first = _wait_for_the_first(sets)
            began, times = time.perf_counter(), reader.milliseconds(pages, rounds, PAUSE)
            time.sleep(max(0.0, seconds - (time.perf_counter() - began)))
            made, taken = made_of(sets) - first, time.perf_counter() - began
    if made + first >= len(sets):
        raise AssertionError("the signed reports did not last: sign more")
    yield from _throughput(heading, made / taken, made)
    yield from _beside(heading, quiet, times)
    yield from _with_calls(heading, sets[0], made / taken)


def _throughput(heading: str, rate: float, made: int) -> Iterator[Row]:
    yield Row(heading, f"final files made in this run, {CORES} lanes", "files", made)
    yield Row(heading, "final files a second", "/s", rate)
    yield Row(heading, f"all {SIGNINGS:,}, projected", "min", SIGNINGS / rate / 60)


def _beside(
    heading: str, quiet: Mapping[str, list[float]], times: Mapping[str, list[float]]
) -> Iterator[Row]:
    for page in quiet:
        yield Row(heading, f"{page}, nothing else to do", "ms", statistics.median(quiet[page]))
        yield Row(heading, f"{page}, meanwhile", "ms", statistics.median(times[page]))
    for name, found in (("nothing else to do", quiet), ("meanwhile", times)):
        every = sorted(value for values in found.values() for value in values)
        yield Row(heading, f"slowest of twenty pages, {name}", "ms", every[int(len(every) * 0.95)])


def _with_calls(heading: str, pk: int, rate: float) -> Iterator[Row]:
    """The usual way: a new LibreOffice for each Word file, one after the other."""
    memo = archive.read(DocumentSet.objects.across_organisations().select_related("memo").get(pk=pk).memo)
    each = _one_call_each(memo)
    yield Row(heading, "one soffice call, one Word file", "s", each)
    yield Row(heading, "so made, its papers alone: final files a second", "/s", 1 / (PAPERS * each))
    yield Row(heading, "ours ÷ one soffice call per file", "×", rate * PAPERS * each)


def _one_call_each(docx: bytes) -> float:
    times = []
    with tempfile.TemporaryDirectory(prefix="memos-call-") as folder:
        paper = Path(folder, "memo.docx")
        paper.write_bytes(docx)
        for _call in range(CALLS):
            started = time.perf_counter()
            subprocess.run(
                ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
                 "--convert-to", "pdf", "--outdir", folder, str(paper)],
                check=True, capture_output=True,
            )  # fmt: skip
            times.append(time.perf_counter() - started)
            Path(folder, "memo.pdf").unlink()
    return statistics.median(times[1:])  # The first one makes the profile.


def signed(report: Report, number: int) -> list[int]:
    """Copies of the report, carried to the signature; their sets."""
    turns = approving.Turns(report, number, approving.approve)
    for _turn in range(number * approving.STEPS):
        turns()()
    copies = Approval.objects.of(report.organisation).filter(report__in=[one.pk for one in turns.reports])
    sets = copies.filter(document_set__isnull=False).order_by("pk")
    return list(sets.values_list("document_set", flat=True))


def order(sets: list[int], number: int) -> None:
    """The orders of the sets, as the signature writes them, and behind them others until there are so many."""
    organisation = DocumentSet.objects.across_organisations().get(pk=sets[0]).organisation_id
    payloads = {str(pk): {"organisation": organisation, "set": pk} for pk in sets}
    outbox.want_all(sealed.KIND, payloads)
    more = range(number - len(sets))
    behind = {f"behind {one}": payloads[str(sets[one % len(sets)])] for one in more}
    outbox.want_all(sealed.KIND, behind)


def made_of(sets: list[int]) -> int:
    return FinalFile.objects.across_organisations().filter(document_set__in=sets).count()


@contextlib.contextmanager
def at_work(lanes: int) -> Iterator[None]:
    """``manage.py worker`` beside this process."""
    connections.close_all()
    command = [sys.executable, "-W", "ignore", "manage.py", "worker", "--lanes", str(lanes), "--json"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as worker:
        try:
            yield
        finally:
            worker.terminate()


def _wait_for_the_first(sets: list[int]) -> int:
    """Every lane starts its LibreOffice once."""
    deadline = time.monotonic() + 120
    while (made := made_of(sets)) < CORES:
        if time.monotonic() > deadline:
            raise TimeoutError("the worker made nothing")
        time.sleep(0.1)
    return made


def _pages(report: Report) -> dict[str, str]:
    slug = report.organisation.slug
    return {
        "my work": reverse("workflows:inbox", args=[slug]),
        "a report": reverse("workflows:report", args=[slug, report.pk]),
        "the archive": reverse("workflows:archive", args=[slug]),
    }
