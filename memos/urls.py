"""The editor's addresses, all under /o/<org>/."""

from django.urls import include, path

import ita_core.rows  # noqa: F401  # for <row:…>
from memos import (
    settings_page,
    views,
    views_checks,
    views_collecting,
    views_empty_table,
    views_filling,
    views_forms,
    views_import,
    views_live,
    views_parts,
    views_pasting,
    views_people,
    views_registers,
    views_renderings,
    views_sections,
    views_templates,
    views_website,
)

app_name = "memos"

of_one_report = [
    path("", views.edit_memo, name="edit_memo"),
    path("live/", views_live.live, name="live"),
    path("people/", views_people.people, name="co_drafters"),
    path("import/", views_import.upload, name="import"),
    path("import/<row:draft>/", views_import.mapping, name="import_mapping"),
    path("sections/", views_parts.sections, name="sections"),
    path("sections/<row:section>/", views_sections.edit_section, name="edit_section"),
    path("sections/<row:section>/paste/", views_pasting.paste, name="paste"),
    path("sections/<row:section>/delete/", views_parts.delete_section, name="delete_section"),
]

of_forms = [
    path("", views_forms.forms, name="forms"),
    path("new/", views_forms.new_form, name="new_form"),
    path("empty-table.docx", views_empty_table.draft_word, name="draft_word"),
    path("<row:form>/", views_forms.form, name="form"),
    path("<row:form>/edit/", views_forms.edit_form, name="edit_form"),
    path("<row:form>/withdraw/", views_forms.withdraw_form, name="withdraw_form"),
    path("<row:form>/empty-table.docx", views_empty_table.form_word, name="form_word"),
]

of_templates = [
    path("", views_templates.templates, name="templates"),
    path("<row:template>.docx", views_templates.template_word, name="template_word"),
    path("<slug:kind>/draft/", views_templates.template_draft, name="template_draft"),
    path("<slug:kind>/draft/sample.docx", views_templates.template_sample, name="template_sample"),
]

urlpatterns = [
    path("reports/<row:pk>/edit/", include(of_one_report)),
    path("reports/<row:pk>/collect/", views_collecting.collect_report, name="collect_report"),
    path("reports/<row:pk>/collect/<row:unit>/", views_collecting.collect_unit, name="collect_unit"),
    path("collect/", views_filling.collect, name="collect"),
    path("collect/<row:pk>/<row:unit>/", views_filling.fill, name="fill"),
    path("settings/", settings_page.settings, name="settings"),
    path("settings/forms/", include(of_forms)),
    path("settings/templates/", include(of_templates)),
    path("renderings/<slug:sha256>/", views_renderings.rendering, name="rendering"),
    path("renderings/<slug:sha256>/<row:page>.png", views_renderings.rendering_page, name="rendering_page"),
    path("settings/registers/", views_registers.registers, name="registers"),
    path("settings/registers/new/", views_registers.edit_register, name="new_register"),
    path("settings/registers/<row:register>/", views_registers.edit_register, name="edit_register"),
    path("settings/checks/", views_checks.checks_settings, name="checks_settings"),
    path("settings/website/", views_website.main_website, name="main_website"),
]
