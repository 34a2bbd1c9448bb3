"""Every rule, in the order of the settings page."""

from __future__ import annotations

from memos.checks import (
    codes,
    evidence,
    head,
    letters,
    names,
    numbering,
    offices,
    periods,
    plans,
    privacy,
    rows,
    words,
    years,
)
from memos.checks.rule import Rule

RULES: tuple[Rule, ...] = (
    *head.RULES,
    *rows.RULES,
    *words.RULES,
    *periods.RULES,
    *years.RULES,
    *names.RULES,
    *numbering.RULES,
    *plans.RULES,
    *codes.RULES,
    *letters.RULES,
    *evidence.RULES,
    *privacy.RULES,
    *offices.RULES,
)
