"""Addresses of the programme desk."""

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _

from dienhong.desks import rail
from dienhong.desks.programme import acts, adjusting, bulk, days, feeds, load, office_days, programmes, tables, views

PREFIX = "programme/"
app_name = "programme"
urlpatterns = [
    path("", views.mine, name="home"),
    path("tasks/", views.listed, name="tasks"),
    path("tasks/new", acts.new, name="new_task"),
    path("tasks/export", tables.export, name="export"),
    path("tasks/chosen/<str:verb>", bulk.act_on, name="bulk"),
    path("tasks/<int:task_id>/", views.task, name="task"),
    path("tasks/<int:task_id>/edit", acts.edit, name="edit_task"),
    path("tasks/<int:task_id>/note", acts.note, name="note"),
    path("tasks/<int:task_id>/evidence", acts.evidence, name="evidence"),
    path("tasks/<int:task_id>/do/<str:verb>", acts.do, name="do"),
    path("tasks/<int:task_id>/ask/<str:verb>", acts.ask, name="ask"),
    path("tasks/<int:task_id>/waits/<int:needed_id>/remove", acts.no_wait, name="no_wait"),
    path("requests/<int:request_id>/<str:verb>", acts.decide, name="decide"),
    path("evidence/<int:evidence_id>/file", acts.evidence_file, name="evidence_file"),
    path("board/", views.board, name="board"),
    path("timeline/", days.timeline, name="timeline"),
    path("calendar/", days.calendar, name="calendar"),
    path("week/", days.week, name="week"),
    path("week/publish", days.publish, name="publish_week"),
    path("hand-over/", days.owners, name="owners"),
    path("days-off/", office_days.page, name="office_days"),
    path("days-off/remove", office_days.remove, name="remove_office_day"),
    path("load/", load.page, name="load"),
    path("filters/save", programmes.save_filter, name="save_filter"),
    path("filters/<int:filter_id>/remove", programmes.remove_filter, name="remove_filter"),
    path("all/", programmes.programmes, name="programmes"),
    path("all/new", programmes.new, name="new_programme"),
    path("all/<int:programme_id>/", programmes.programme, name="programme"),
    path("all/<int:programme_id>/adjustments/", adjusting.page, name="adjustments"),
    path("all/<int:programme_id>/group", programmes.new_group, name="new_group"),
    path("all/<int:programme_id>/adopt", programmes.adopt, name="adopt"),
    path("all/<int:programme_id>/merge", programmes.merge, name="merge"),
    path("all/<int:programme_id>/carry", programmes.carry, name="carry"),
    path("all/<int:programme_id>/settle", programmes.settle, name="settle"),
    path("all/<int:programme_id>/import", tables.upload, name="import"),
    path("all/<int:programme_id>/import/<str:digest>/", tables.preview, name="import_preview"),
    path("my-calendar/", feeds.feed_page, name="feed_page"),
    path("my-calendar/<str:secret>.ics", feeds.feed, name="feed"),
]


def _shown(request: HttpRequest) -> bool:
    return views.may_see(request)


rail.add(rail.Entry("programme", _("Programme"), "programme:home", "programme", order=40, go="p", shown=_shown))
