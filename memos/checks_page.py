"""Findings on the editor's pages: those of the page in a list, and each beside its box."""

from __future__ import annotations

from typing import Any

from memos import checks
from memos.models import Report


def beside(report: Report, here: str) -> dict[str, Any]:
    """What was found in the stored report: ``here`` is the page's address. Seven queries; not for every keystroke."""
    found = checks.findings(report)
    found_here = [finding for finding in found if finding.page == here]
    notes: dict[str, list[checks.Finding]] = {}
    for finding in found_here:
        notes.setdefault(finding.anchor, []).append(finding)
    return {
        "found_here": found_here,
        "found_elsewhere": len(found) - len(found_here),
        "cell_notes": notes,
        "blocked_here": any(finding.severity == "blocks" for finding in found_here),
    }
