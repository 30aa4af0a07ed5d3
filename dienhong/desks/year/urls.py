"""Addresses of the figures of a year and of a term."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from dienhong.desks import rail
from dienhong.desks.year import building, claims, comparing, stamping, views

app_name = "year"
PREFIX = "year/"
urlpatterns = [
    path("", views.home, name="home"),
    path("at/<str:code>/", views.of_scope, name="scope"),
    path("at/<str:code>/claims/", claims.of_scope, name="claims"),
    path("at/<str:code>/claims/write/", building.write, name="write"),
    path("at/<str:code>/claims/written/<int:text_id>/withdraw/", claims.withdraw, name="withdraw"),
    path("at/<str:code>/claims/<str:mark>/", claims.one, name="claim"),
    path("at/<str:code>/claims/<str:mark>/keep/", claims.keep, name="keep"),
    path("at/<str:code>/claims/<str:mark>/settle/", claims.settle, name="settle"),
    path("at/<str:code>/compare/", comparing.compare, name="compare"),
    path("at/<str:code>/compare/chart.svg", comparing.chart_file, name="chart"),
    path("at/<str:code>/figures/<str:key>/", views.rows_of_scope, name="scope_rows"),
    path("at/<str:code>/figures/<str:key>/stamp/", stamping.stamp, name="stamp_figure"),
    path("at/<str:code>/figures/<str:key>/rows.<str:form>", views.download_of_scope, name="scope_download"),
    path("stamps/<int:stamp_id>/", stamping.one, name="stamp"),
    path("<int:year>/", views.of_year, name="year"),
    path("<int:year>/<str:key>/", views.rows_of_year, name="rows"),
    path("<int:year>/<str:key>/rows.<str:form>", views.download_of_year, name="download"),
    path("term/<str:label>/", views.of_term, name="term"),
    path("term/<str:label>/<str:key>/", views.rows_of_term, name="term_rows"),
    path("term/<str:label>/<str:key>/rows.<str:form>", views.download_of_term, name="term_download"),
]
rail.add(rail.Entry("year", _("Figures"), "year:home", "year", order=60, go="y", shown=views.may_enter))
