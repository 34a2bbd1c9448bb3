"""What is missing or doubtful in a draft: sentences in the reader's language, each pointing at its cell.

They advise; only what would make the paper void blocks. An authority may silence advice it does not want to hear.
A new rule is a function from View to notes in the module of its family and a Rule in that module's RULES; what it finds
in the samples goes into tests/memos/checks/README.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from memos import tree as trees
from memos.checks.registry import RULES as RULES
from memos.checks.rule import SEVERITIES as SEVERITIES
from memos.checks.rule import Rule as Rule
from memos.checks.rule import Severity
from memos.checks.view import View
from memos.checks.viewing import view_of
from memos.models import Report, SilencedCheck
from memos.tree import Tree


@dataclass(frozen=True, slots=True)
class Finding:
    """``rule`` is the slug of the rule that found it; ``url`` leads to the very box.

    ``sentence`` names the place; ``beside`` is the same where the box is in sight.
    """

    rule: str
    severity: Severity
    sentence: str
    url: str
    beside: str

    @property
    def page(self) -> str:
        return self.url.partition("#")[0]

    @property
    def anchor(self) -> str:
        """The id of the box on its page, "" when the page as a whole is meant."""
        return self.url.partition("#")[2]


def findings(report: Report, tree: Tree | None = None) -> list[Finding]:
    """By severity, each kind in the order of the paper. Seven queries, whatever the report's size, four of them the tree's."""
    silenced = SilencedCheck.objects.of(report.organisation_id).values_list("rule", flat=True)
    off = frozenset(silenced)
    rules = [rule for rule in RULES if rule.always_on or rule.slug not in off]
    return found_by(rules, view_of(tree or trees.read(report)))


def blocking(report: Report, tree: Tree | None = None) -> list[Finding]:
    """What makes the paper void: it cannot be submitted like this. Nothing is read but the tree."""
    return found_by((rule for rule in RULES if rule.always_on), view_of(tree or trees.read(report)))


def found_by(rules: Iterable[Rule], view: View) -> list[Finding]:
    found = [
        (
            (SEVERITIES.index(rule.severity), note.place.order),
            Finding(rule.slug, rule.severity, note.sentence, note.place.url, note.beside),
        )
        for rule in rules
        for note in rule.look(view)
    ]
    return [finding for _turn, finding in sorted(found, key=lambda pair: pair[0])]
