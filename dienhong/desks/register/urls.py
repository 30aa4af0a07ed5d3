"""Addresses of the register."""

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _

from dienhong.desks import rail
from dienhong.desks.register import acts, importing, views

PREFIX = "register/"
app_name = "register"
urlpatterns = [
    path("", views.overview, name="home"),
    path("bodies/new", acts.new_body, name="new_body"),
    path("bodies/<int:body_id>/", views.body, name="body"),
    path("bodies/<int:body_id>/rename", acts.rename, name="rename_body"),
    path("bodies/<int:body_id>/place", acts.place, name="place_body"),
    path("bodies/<int:body_id>/end", acts.end, name="end_body"),
    path("bodies/<int:body_id>/succession", acts.succession, name="succession"),
    path("bodies/<int:body_id>/posts/new", acts.new_post, name="new_post"),
    path("posts/<int:post_id>/give", acts.give, name="give_post"),
    path("holdings/<int:holding_id>/leave", acts.leave, name="leave_post"),
    path("people/", views.people, name="people"),
    path("people/new", acts.new_person, name="new_person"),
    path("people/import", importing.upload, name="import"),
    path("people/import/<str:digest>/", importing.preview, name="import_preview"),
    path("people/<int:person_id>/", views.person, name="person"),
    path("people/<int:person_id>/correct", acts.correct, name="correct_person"),
    path("people/<int:person_id>/mandate", acts.mandate, name="new_mandate"),
    path("mandates/<int:mandate_id>/standing", acts.standing, name="standing"),
    path("mandates/<int:mandate_id>/move", acts.move, name="move_deputy"),
    path("deputies/", views.deputies, name="deputies"),
    path("terms/", views.terms, name="terms"),
    path("terms/new", acts.new_term, name="new_term"),
]


def _shown(request: HttpRequest) -> bool:
    return views.may_see(request)


rail.add(rail.Entry("register", _("Register"), "register:home", "register", order=60, go="r", shown=_shown))
