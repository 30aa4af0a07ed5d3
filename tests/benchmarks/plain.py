"""The ballot box as one would write it first: an ordinary view, one transaction for each ballot, the same checks."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from dienhong.foundation import clock
from dienhong.people.models import Person
from dienhong.polls.models import Ballot, Elector, Poll, PollState
from dienhong.urls import urlpatterns as office


@csrf_exempt
def cast(request: HttpRequest) -> HttpResponse:
    """Take one ballot of the signed-in deputy."""
    person = Person.objects.filter(account=request.user).first() if request.user.is_authenticated else None
    poll_id, key = int(request.POST["poll"]), request.POST["key"]
    if person is None or not Elector.objects.filter(poll_id=poll_id, person=person).exists():
        return JsonResponse({"refused": "not_an_elector"}, status=403)
    with transaction.atomic():
        if Poll.objects.select_for_update().get(pk=poll_id).state != PollState.OPEN:
            return JsonResponse({"refused": "not_open"}, status=409)
        row, _made = Ballot.objects.get_or_create(
            poll_id=poll_id, person=person, key=key, defaults={"choice": request.POST["choice"], "at": clock.now()}
        )
    return JsonResponse({"ballot": row.pk, "choice": row.choice})


urlpatterns = [path("plain/ballot", cast), *office]
