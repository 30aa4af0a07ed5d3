"""Addresses of the desk of texts."""

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _

from dienhong.desks import rail
from dienhong.desks.texts import acts, bringing, changes, library, reader

PREFIX = "texts/"
app_name = "texts"
urlpatterns = [
    path("", library.home, name="home"),
    path("library.json", library.as_json, name="json"),
    path("akn/<path:uri>", library.by_uri, name="akn"),
    path("works/<int:work_id>/", reader.work, name="work"),
    path("works/<int:work_id>/versions", reader.versions, name="versions"),
    path("works/<int:work_id>/provisions/<int:provision_id>", changes.history, name="history"),
    path("works/<int:work_id>/article", changes.find_article, name="find_article"),
    path("works/<int:work_id>/dossier", acts.dossier, name="dossier"),
    path("versions/<int:version_id>/", reader.version, name="version"),
    path("versions/<int:version_id>/original", reader.original, name="original"),
    path("versions/<int:version_id>/download.<slug:form>", reader.download, name="download"),
    path("versions/<int:version_id>/doubts", bringing.doubts, name="doubts"),
    path("versions/<int:version_id>/facts", acts.facts, name="facts"),
    path("versions/<int:version_id>/seal", acts.seal, name="seal"),
    path("versions/<int:version_id>/discard", acts.discard, name="discard"),
    path("versions/<int:version_id>/correct/<str:eid>", acts.correct, name="correct"),
    path("doubts/<int:doubt_id>", acts.settle, name="settle"),
    path("compare", changes.compare, name="compare"),
    path("compare.<slug:form>", changes.compare_file, name="compare_file"),
    path("consolidate", changes.consolidate, name="consolidate"),
    path("upload", bringing.upload, name="upload"),
]


def _shown(request: HttpRequest) -> bool:
    return library.may_see(request)


rail.add(rail.Entry("texts", _("Texts"), "texts:home", "text", order=30, go="t", shown=_shown))
