"""The first hour of an installation and of an authority, under /first/."""

from django.urls import path

from workflows.views import first, first_paper, first_people

app_name = "first"

urlpatterns = [
    path("", first.start, name="start"),
    path("new/", first.new, name="new"),
    path("<slug:org>/", first.steps, name="steps"),
    path("<slug:org>/authority/", first.authority, name="authority"),
    path("<slug:org>/units/", first_people.units, name="units"),
    path("<slug:org>/people/", first_people.people, name="people"),
    path("<slug:org>/people/empty.xlsx", first_people.empty_sheet, name="empty_sheet"),
    path("<slug:org>/route/", first_paper.route, name="route"),
    path("<slug:org>/forms/", first_paper.tables, name="forms"),
    path("<slug:org>/look/", first_paper.look, name="look"),
    path("<slug:org>/look/garuda", first_paper.garuda, name="garuda"),
    path("<slug:org>/trial/", first_paper.trial, name="trial"),
    path("<slug:org>/ready/", first.ready, name="ready"),
]
