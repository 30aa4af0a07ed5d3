"""Addresses of home and of the search in the bar."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dienhong.desks import rail
from dienhong.desks.home import views

PREFIX = ""
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
]
rail.add(rail.Entry("home", _("Today"), "home", "today", order=10, go="h"))
