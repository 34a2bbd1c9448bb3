"""What the public site shows of a published report, as JSON with English keys: the one source of page, CSV and pack.

Made from masked content. Dates are ISO, digits Arabic; years are of the Buddhist Era where the key says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ita_core import thai
from ita_core.thai import BE_OFFSET
from memos.frozen import Column, Section
from workflows import gate, proofs
from workflows.gate import Choices, Source
from workflows.models import FORWARD_ACTS, Act, State

FORMAT = 1


def of(source: Source, chosen: Choices, version: int, pdf: dict[str, Any]) -> dict[str, Any]:
    """``source`` is masked already; ``pdf`` tells of its file: ``{"sha256", "size"}``."""
    act, content = source.act, source.content
    report, organisation, memo = act.approval.report, act.organisation, content.memo
    signers = _signers(act)
    return {
        "format": FORMAT,
        "authority": {
            "slug": organisation.slug,
            "name": content.organisation.name,
            "kind": organisation.kind,
            "province": organisation.province,
            "district": organisation.district,
        },
        "fiscal_year_be": report.fiscal_year,
        "fiscal_year_ce": report.fiscal_year - BE_OFFSET,
        "assessed_year_be": report.assessed_year,
        "filed_year_be": report.filed_year,
        "item": {"key": report.item.key, "code": content.report.item, "title": report.item.title},
        "period": report.period,
        "version": version,
        "title": list(content.report.title),
        "subject": memo.subject,
        "number": source.number,
        "signed_on": next(
            deed.decided_on or thai.bangkok_date(deed.acted_at)
            for deed in reversed(signers)
            if deed.state_after == State.MAYOR_SIGNED
        ).isoformat(),
        "code": proofs.code_of(act),
        "signers": [_signer(deed) for deed in signers],
        "memo": {"office": memo.office, "recipients": list(memo.recipients), "body": memo.body},
        "sections": [_section(section) for section in content.sections],
        "masked": [{"what": what, "count": count} for what, count in gate.counts(chosen)],
        "pdf": pdf,
    }


def _signers(last: Act) -> Sequence[Act]:
    kinds = [Act.Kind.SUBMIT, *FORWARD_ACTS]
    acts = last.approval.acts.filter(round=last.round, kind__in=kinds, sequence__lte=last.sequence)
    return list(acts.order_by("sequence"))


def _signer(act: Act) -> dict[str, Any]:
    return {
        "name": act.printed_name,
        "title": list(act.printed_title),
        "capacity": act.capacity,
        "what": str(act.kind),
        "on": (act.decided_on or thai.bangkok_date(act.acted_at)).isoformat(),
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "preamble": section.preamble,
        "closing": section.closing,
        "is_group": section.is_group,
        "columns": [_column(column) for column in section.form.columns],
        "measures": [
            {
                "cells": dict(measure.cells),
                "activities": [{"cells": dict(activity.cells)} for activity in measure.activities],
            }
            for measure in section.measures
        ],
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "key": column.key,
        "heading": column.heading,
        "group": column.group,
        "fields": list(column.fields),
        "labels": list(column.labels),
        "level": column.level,
        "width": column.width,
    }
