"""Addresses of the hall screen."""

from django.urls import path

from dienhong.desks.screen import views

PREFIX = "screen/"
app_name = "screen"
urlpatterns = [
    path("", views.now, name="now"),
    path("meetings/<int:meeting_id>/", views.meeting, name="meeting"),
]
