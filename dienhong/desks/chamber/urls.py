"""Addresses of the chamber."""

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _

from dienhong.desks import rail
from dienhong.desks.chamber import acts, conclusions, correcting, views

PREFIX = "chamber/"
app_name = "chamber"
urlpatterns = [
    path("", views.day, name="home"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/<int:session_id>/", views.session, name="session"),
    path("standing-committee/<int:year>/", views.standing_committee, name="standing_committee"),
    path("meetings/new/", acts.new_meeting, name="new_meeting"),
    path("meetings/<int:meeting_id>/", views.meeting, name="meeting"),
    path("meetings/<int:meeting_id>/correct", correcting.correct, name="correct"),
    path("meetings/<int:meeting_id>/conclude", conclusions.conclude, name="conclude"),
    path("meetings/<int:meeting_id>/<str:verb>/", acts.meeting_act, name="meeting_act"),
    path("meetings/<int:meeting_id>/items/new", acts.new_item, name="new_item"),
    path("items/<int:item_id>/", acts.edit_item, name="item"),
    path("items/<int:item_id>/vote", acts.new_vote, name="new_vote"),
    path("items/<int:item_id>/withdraw", acts.withdraw, name="withdraw"),
    path("items/<int:item_id>/<str:verb>/", acts.item_act, name="item_act"),
    path("votes/<int:poll_id>/", views.vote, name="vote"),
    path("votes/<int:poll_id>/cancel", acts.cancel, name="cancel"),
    path("votes/<int:poll_id>/<str:verb>/", acts.vote_act, name="vote_act"),
]


def _shown(request: HttpRequest) -> bool:
    return views.may_see(request)


rail.add(rail.Entry("chamber", _("Chamber"), "chamber:home", "chamber", order=20, go="c", shown=_shown))
