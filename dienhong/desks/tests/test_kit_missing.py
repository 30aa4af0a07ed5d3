"""What a page does not know it says in words, and does not break."""

from __future__ import annotations

from django.template import Context, Template


def test_a_share_of_what_the_page_lacks_is_not_known() -> None:
    page = Template("{% load kit %}{% percent result.for_percent %}|{% percent 468 494 %}|{{ result.base|num }}")
    assert page.render(Context({})) == "not known|94.74%|not known"
