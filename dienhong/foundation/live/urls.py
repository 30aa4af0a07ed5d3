"""The addresses of the lane that are ordinary pages."""

from django.urls import path

from dienhong.foundation.live import views

app_name = "live"
urlpatterns = [path("token", views.token, name="token")]
