"""Addresses of the seat."""

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _

from dienhong.desks import rail
from dienhong.desks.seat import views

PREFIX = "seat/"
app_name = "seat"
urlpatterns = [
    path("", views.seat, name="home"),
    path("press/", views.press, name="press"),
    path("votes/", views.my_votes, name="votes"),
]


def _shown(request: HttpRequest) -> bool:
    return views.may_vote(request)


rail.add(rail.Entry("seat", _("My seat"), "seat:home", "seat", order=15, go="s", shown=_shown))
