"""Addresses of the figures of a year and of a term."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dienhong.desks import rail
from dienhong.desks.year import views

app_name = "year"
PREFIX = "year/"
urlpatterns = [
    path("", views.home, name="home"),
    path("<int:year>/", views.of_year, name="year"),
    path("<int:year>/<str:key>/", views.rows_of_year, name="rows"),
    path("<int:year>/<str:key>/rows.<str:form>", views.download_of_year, name="download"),
    path("term/<str:label>/", views.of_term, name="term"),
    path("term/<str:label>/<str:key>/", views.rows_of_term, name="term_rows"),
    path("term/<str:label>/<str:key>/rows.<str:form>", views.download_of_term, name="term_download"),
]
rail.add(rail.Entry("year", _("Figures"), "year:home", "year", order=60, go="y", shown=views.may_enter))
