"""The pages of the process, all under /o/<org>/."""

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.urls.converters import StringConverter

import ita_core.rows  # noqa: F401  # for <row:…>
from workflows import disposal_urls, knowing_urls, people_urls, register_urls
from workflows.views import (
    after,
    archive,
    carry,
    check,
    collected,
    comments,
    correct,
    decide,
    decide_many,
    documents,
    errands,
    finals,
    inbox,
    ink,
    new,
    numbering,
    pages,
    prepare,
    preview,
    publications,
    publishing,
    remarks,
    report,
    views_asked,
)


class DocumentKind(StringConverter):
    """memo or measures: the two papers of a set."""

    regex = "memo|measures"


class TableFile(StringConverter):
    """The formats that a report's tables are given away in."""

    regex = "xlsx|csv|json"


register_converter(DocumentKind, "document_kind")
register_converter(TableFile, "table_file")

app_name = "workflows"

of_one_report: list[URLPattern | URLResolver] = [
    path("", report.show, name="report"),
    path("check/", check.check, name="check"),
    path("preview/<document_kind:kind>.docx", documents.preview, name="preview"),
    path("preview/", preview.preview_pages, name="preview_pages"),
    path("preview/<slug:sha256>/<row:page>.png", preview.preview_image, name="preview_image"),
    path("tables.<table_file:ending>", documents.export, name="export"),
    path("bundle.zip", documents.evidence, name="bundle"),
    path("summary.docx", documents.summary, name="summary"),
    path("decide/", decide.decide, name="decide"),
    path("recall/", after.recall, name="recall"),
    path("withdraw/", after.withdraw, name="withdraw"),
    path("hand-over/", after.hand_over, name="hand_over"),
    path("copy/", carry.copy, name="copy"),
    path("correct/", correct.correct, name="correct"),
    path("", include(disposal_urls.of_one_report)),
    path("discard/", after.discard, name="discard"),
    path("acts/<uuid:act>/<document_kind:kind>.docx", documents.document, name="document"),
    path("views/ask/", views_asked.ask_view, name="ask_view"),
    path("views/<row:view>/", views_asked.give_view, name="give_view"),
    path("number/", numbering.number, name="number"),
    path("number/void/", numbering.void_number, name="void_number"),
    path("ink/", ink.record, name="ink"),
    path("ink/print/", ink.print_page, name="ink_print"),
    path("ink/print.pdf", ink.print_file, name="ink_file"),
    path("acts/<uuid:act>/scan.pdf", ink.scan, name="scan"),
    path("prepare/", prepare.prepare, name="prepare"),
    path("assign/", errands.assign, name="assign"),
    path("circulate/", errands.circulate, name="circulate"),
    path("errands/<row:errand>/acknowledge/", errands.acknowledge, name="acknowledge"),
    path("publish/", publishing.publish, name="publish"),
    path("publish/now/", publishing.publish_now, name="publish_now"),
    path("publish/again/", publishing.again, name="publish_again"),
    path("publish/withdraw/", publishing.unpublish, name="unpublish"),
    path("publish/copy.pdf", publishing.copy_pdf, name="publish_pdf"),
    path("publish/<row:page>.png", publishing.copy_image, name="publish_image"),
    path("remarks/", remarks.remarks, name="remarks"),
    path("comments/", comments.comments, name="comments"),
    path("comments/<row:comment>/", comments.comment, name="comment"),
    path("acts/<uuid:act>/all.zip", documents.set_zip, name="set_zip"),
    path("acts/<uuid:act>/final/", finals.final, name="final"),
    path("acts/<uuid:act>/final.pdf", finals.final_pdf, name="final_pdf"),
    path("acts/<uuid:act>/final/<row:page>.png", finals.final_image, name="final_image"),
    path("acts/<uuid:act>/pages/", pages.pages, name="pages"),
    path("acts/<uuid:act>/<document_kind:kind>/<row:page>.png", pages.page_image, name="page_image"),
]

of_one_publication = [
    path("", publications.publication, name="publication"),
    path("check/", publications.check, name="publication_check"),
    path("pack.zip", publications.pack, name="publication_pack"),
    path("receipt/", publications.receipt, name="publication_receipt"),
    path("receipt.json", publications.receipt_json, name="publication_receipt_json"),
]

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("reports/new/", new.new, name="new"),
    path("reports/<row:pk>/", include(of_one_report)),
    path("decide/", decide_many.decide_many, name="decide_many"),
    path("archive/", archive.archive, name="archive"),
    path("collect/files/<row:file>/", collected.collected_file, name="collected_file"),
    path("register/", include(register_urls)),
    path("", include(disposal_urls)),
    path("", include(people_urls)),
    path("", include(knowing_urls)),
    path("publications/", publications.publications, name="publications"),
    path("publications/<row:pk>/", include(of_one_publication)),
]
