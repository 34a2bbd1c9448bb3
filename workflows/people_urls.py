"""Addresses of people, their posts and their days away, under /o/<org>/."""

from django.urls import path

import ita_core.rows  # noqa: F401  # for <row:…>
from workflows.views import absences, people, people_appointments, people_orders, people_posts

urlpatterns = [
    path("who-acts/", absences.who_acts, name="who_acts"),
    path("absences/", absences.mine, name="my_absences"),
    path("absences/<row:absence>/back/", absences.back, name="back"),
    path("settings/people/", people.everybody, name="people"),
    path("settings/people/new/", people.new_person, name="new_person"),
    path("settings/people/<row:person>/", people.person, name="person"),
    path("settings/people/<row:person>/link/", people.first_link, name="person_link"),
    path("settings/people/<row:person>/login/", people.switch, name="person_login"),
    path("settings/people/posts/", people_posts.posts, name="posts"),
    path("settings/people/posts/new/", people_posts.post, name="new_post"),
    path("settings/people/posts/<row:post>/", people_posts.post, name="post"),
    path("settings/people/units/new/", people_posts.unit, name="new_unit"),
    path("settings/people/units/<row:unit>/", people_posts.unit, name="unit"),
    path("settings/people/appointments/new/", people_appointments.new_appointment, name="new_appointment"),
    path(
        "settings/people/appointments/<row:appointment>/", people_appointments.appointment, name="appointment"
    ),
    path(
        "settings/people/appointments/<row:appointment>/change/",
        people_appointments.change_appointment,
        name="change_appointment",
    ),
    path(
        "settings/people/appointments/<row:appointment>/order.pdf",
        people_appointments.appointment_scan,
        name="appointment_scan",
    ),
    path("settings/people/orders/", people_orders.orders, name="orders"),
    path("settings/people/orders/new/", people_orders.new_order, name="new_order"),
    path("settings/people/orders/<row:order>/", people_orders.order, name="standing_order"),
    path("settings/people/orders/<row:order>/order.pdf", people_orders.order_scan, name="order_scan"),
    path("settings/people/absences/", absences.everybodys, name="absences"),
    path("settings/people/absences/new/", absences.new_absence, name="new_absence"),
]
