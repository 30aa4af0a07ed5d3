"""A page that shows every tag of the kit, and the addresses the browser tests visit it under."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path

from dienhong.desks.icons import ICONS
from dienhong.foundation.access.actor import Actor

HERE = Path(__file__).parent
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
VISITS = {"count": 0}
NOW = dt.datetime(2023, 11, 24, 9, 41, 7, tzinfo=HANOI)


class Sample(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trong quyết định")
    since = forms.DateField(label="Từ ngày", initial="24/11/2023")
    body = forms.ChoiceField(label="Cơ quan", choices=[("1", "Ủy ban Pháp luật"), ("2", "Hội đồng Dân tộc")])
    kind = forms.ChoiceField(label="Loại phiên", choices=[("a", "Toàn thể"), ("b", "Tổ")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Tính vào tổng số", required=False, help_text="Theo cách đếm của báo cáo năm")
    why = forms.CharField(label="Lý do", widget=forms.Textarea, required=False)


def seats(count: int, *, pressed: bool = False) -> list[str]:
    """A hall in which most are in favour."""
    if pressed:
        return ["pressed" if index % 11 else "waiting" for index in range(count)]
    against, abstain, absent = count * 34 // 494, count * 11 // 494, count * 26 // 494
    rest = count - against - abstain - absent
    return ["for"] * rest + ["against"] * against + ["abstain"] * abstain + ["absent"] * absent


def visited(request: HttpRequest) -> int:
    """How often the page was asked for since it was opened in full."""
    VISITS["count"] = VISITS["count"] + 1 if "X-Live" in request.headers else 1
    return VISITS["count"]


def page(request: HttpRequest, name: str) -> HttpResponse:
    """One of the templates beside this file, with everything a desk would give it."""
    form = Sample({"body": "9", "since": "31/02/2023"}) if "bad" in request.GET else Sample()
    rail = [
        {"key": "today", "label": "Hôm nay", "url": "/", "icon": "today", "here": True, "go": "h"},
        {"key": "chamber", "label": "Hội trường", "url": "/chamber/", "icon": "chamber", "go": "c"},
        {"key": "journal", "label": "Nhật ký", "url": "/journal/", "icon": "journal", "end": True},
    ]
    context = {
        "rail": rail,
        "form": form,
        "actor": Actor(1, 1, "Trần Thị Khánh Vân"),
        "who": {"name": "Trần Thị Khánh Vân", "unit": "Vụ Thư ký", "url": "/done/"},
        "now": NOW,
        "as_of": NOW.date(),
        "today": dt.date(2023, 11, 27),
        "seats": seats(494),
        "pressed": seats(494, pressed=True),
        "few": seats(9),
        "many": seats(2000),
        "count": int(request.GET.get("count", "1204")),
        "icons": sorted(ICONS),
        "visits": visited(request),
    }
    template = engines["django"].from_string((HERE / f"{name}.html").read_text(encoding="utf-8"))
    return HttpResponse(template.render(context, request))


def grave(request: HttpRequest) -> HttpResponse:
    """The page behind a grave act; it refuses a reason that is too short and goes on otherwise."""

    class Reason(forms.Form):
        reason = forms.CharField(label="Lý do", min_length=5, widget=forms.Textarea)

    form = Reason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return HttpResponse(status=302, headers={"Location": "/done/"})
    context = {"title": "Hủy lần biểu quyết?", "form": form, "act": "Hủy", "back": "/kit_page/", "action": "/grave/"}
    context["consequences"] = ["451 phiếu đã nhận sẽ không được tính."]
    return HttpResponse(engines["django"].get_template("confirm.html").render(context, request))


def events(request: HttpRequest) -> HttpResponse:
    """A stream that says once that poll 3 has changed, and closes; the page comes back for more."""
    said = "" if request.headers.get("Last-Event-ID") else 'id: 7\nevent: changed\ndata: {"topics": ["poll:3"]}\n\n'
    return HttpResponse(f"retry: 300\n\n{said}", content_type="text/event-stream")


urlpatterns = [
    path("live/events", events),
    path("live/token", lambda request: JsonResponse({"renew_in": 600, "journal": 6})),
    path("grave/", grave),
    path("done/", lambda request: HttpResponse("<!doctype html><title>Done</title><h1>Done</h1>")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("search/", page, {"name": "kit_page"}, name="search"),
    path("<slug:name>/", page),
]
