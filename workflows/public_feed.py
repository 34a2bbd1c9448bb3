"""An authority's public reports as an open-data catalogue, after W3C's DCAT: English keys, ISO dates, one entry a report."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings

from ita_core.fiscal import FiscalYear
from ita_core.models import Organisation
from memos import archive
from workflows import public_site, public_tables
from workflows.public_site import Item, Year

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "@vocab": "http://www.w3.org/ns/dcat#",
}


def of(organisation: Organisation, years: list[Year]) -> dict[str, Any]:
    found = public_site.everything(organisation)
    items = [item for year in years for item in year.items if item.is_readable]
    return {
        "@context": CONTEXT,
        "@type": "dcat:Catalog",
        "identifier": f"{settings.SITE_URL}/p/{organisation.slug}/",
        "title": f"รายงานคุณธรรมและความโปร่งใสของ{organisation.full_name}",
        "language": ["th"],
        "modified": public_site.changed(found).isoformat() if found else None,
        "license": settings.PUBLIC_LICENCE,
        "publisher": {
            "@type": "foaf:Organization",
            "slug": organisation.slug,
            "name": organisation.full_name,
            "kind": organisation.kind,
            "province": organisation.province,
            "district": organisation.district,
        },
        "dataset": [_dataset(item) for item in items],
    }


def _dataset(item: Item) -> dict[str, Any]:
    data, published = item.data, item.publication
    year = FiscalYear(published.fiscal_year)
    return {
        "@type": "dcat:Dataset",
        "identifier": f"{settings.SITE_URL}{item.path}",
        "title": " ".join(line for line in data["title"] if line),
        "description": f"{data['item']['code']} {data['item']['title']}",
        "issued": data["signed_on"],
        "modified": published.published_at.isoformat(),
        "license": settings.PUBLIC_LICENCE,
        "temporal": {"startDate": year.start.isoformat(), "endDate": _end(item, year).isoformat()},
        "fiscal_year_be": data["fiscal_year_be"],
        "fiscal_year_ce": data["fiscal_year_ce"],
        "assessed_year_be": data["assessed_year_be"],
        "filed_year_be": data["filed_year_be"],
        "item": data["item"],
        "period": data["period"],
        "version": published.version,
        "verification": f"{settings.SITE_URL}/v/{data['code']}",
        "landingPage": f"{settings.SITE_URL}{item.own_path}",
        "distribution": _distributions(item),
    }


def _end(item: Item, year: FiscalYear) -> datetime.date:
    """Half a fiscal year ends with March."""
    return datetime.date(year.end.year, 3, 31) if item.is_half_year else year.end


def _distributions(item: Item) -> list[dict[str, Any]]:
    published = item.publication
    table = public_tables.as_csv(item.data)
    files = (
        ("report.pdf", "application/pdf", published.pdf.sha256, published.pdf.size),
        ("data.json", "application/json", published.data.sha256, published.data.size),
        ("data.csv", "text/csv", archive.sha256(table), len(table)),
    )
    return [
        {
            "@type": "dcat:Distribution",
            "title": name,
            "mediaType": kind,
            "downloadURL": f"{settings.SITE_URL}{item.own_path}{name}",
            "byteSize": size,
            "checksum": {"algorithm": "sha256", "checksumValue": sha256},
        }
        for name, kind, sha256, size in files
    ]
