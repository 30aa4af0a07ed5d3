"""The kit in a real browser: axe, both languages, three widths; keys, dialogs, live places, sorting."""

from __future__ import annotations

import pytest

from tests.browser import check_accessibility

pytestmark = [pytest.mark.browser, pytest.mark.urls("dienhong.desks.tests.kit_page"), pytest.mark.django_db]


@pytest.mark.parametrize(("language", "width"), [("vi", 1280), ("en", 820), ("vi", 390)])
def test_every_component_is_accessible_and_nothing_is_blocked(browse, live_server, language, width):
    page = browse(language=language, width=width)
    for address in ("/kit_page/", "/kit_page/?bad=1", "/hall_page/", "/seat_page/", "/door_page/?bad=1", "/grave/"):
        page.goto(live_server.url + address)
        assert page.locator("html").get_attribute("lang") == language
        check_accessibility(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} is wider than {width}"


def test_fonts_are_ours_and_arrive(page, live_server):
    page.goto(live_server.url + "/kit_page/")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family.replaceAll('\"', ''))"
    )
    assert {"Source Sans 3 Variable", "Source Serif 4 Variable"} <= set(loaded)


def test_keys_reach_search_desks_acts_and_their_own_list(page, live_server):
    page.goto(live_server.url + "/kit_page/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("g?N")
    assert page.locator("#q").input_value() == "g?N"
    page.locator("h1").click()
    page.keyboard.press("?")
    assert page.locator("#shortcuts").is_visible()
    assert page.locator("#shortcuts dd").all_inner_texts()[-2:] == ["Hôm nay", "Hội trường"]
    check_accessibility(page)
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.wait_for_url("**/done/")
    page.go_back()
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url(live_server.url + "/")


def test_a_grave_act_asks_for_a_reason_in_a_dialog_and_keeps_what_was_typed(page, live_server):
    page.goto(live_server.url + "/kit_page/")
    page.get_by_text("Hủy, nêu lý do").click()
    dialog = page.locator("#confirm")
    dialog.get_by_role("heading").wait_for()
    check_accessibility(page)
    assert page.evaluate("document.activeElement.name") == "reason"
    page.keyboard.type("vì")
    dialog.get_by_role("button", name="Hủy").click()
    dialog.locator(".err").first.wait_for()
    assert dialog.locator("textarea").input_value() == "vì"
    dialog.locator("textarea").fill("vì câu hỏi ghi sai")
    dialog.get_by_role("button", name="Hủy").click()
    page.wait_for_url("**/done/")


def test_a_grave_act_can_be_left(page, live_server):
    page.goto(live_server.url + "/kit_page/")
    page.get_by_text("Hủy, nêu lý do").click()
    page.locator("#confirm").get_by_text("Để nguyên").click()
    assert not page.locator("#confirm").is_visible()
    assert page.evaluate("document.activeElement.textContent").strip() == "Hủy, nêu lý do"
    assert page.url.endswith("/kit_page/")


def test_a_grave_act_works_without_scripts(browse, live_server):
    page = browse(scripts=False)
    page.goto(live_server.url + "/kit_page/")
    page.get_by_text("Hủy, nêu lý do").click()
    page.wait_for_url("**/grave/")
    assert page.get_by_text("451 phiếu đã nhận sẽ không được tính.").is_visible()
    page.locator("textarea").fill("vì")
    page.get_by_role("button", name="Hủy").click()
    page.locator(".err").first.wait_for()
    assert page.locator("textarea").input_value() == "vì"
    page.locator("textarea").fill("vì câu hỏi ghi sai")
    page.get_by_role("button", name="Hủy").click()
    page.wait_for_url("**/done/")
    assert page.locator("h1").inner_text() == "Done"


def test_an_act_that_is_not_allowed_tells_its_reason(page, live_server):
    page.goto(live_server.url + "/kit_page/")
    page.get_by_text("Kết thúc", exact=False).first.click()
    assert page.get_by_text("không thuộc chức vụ nào của bạn").is_visible()


TWICE = "() => Number(document.querySelector('.count-now').textContent) >= 2"
CHANGE = "async () => (await import('/static/dienhong/js/live.js')).change(['poll:3'])"


def test_a_live_place_takes_over_what_changed_and_keeps_the_focus(page, live_server):
    page.goto(live_server.url + "/live_page/")
    page.locator("#tally button").focus()
    page.wait_for_function(TWICE)
    assert page.evaluate("document.activeElement.textContent") == "Giữ tiêu điểm"
    assert page.locator("#other").inner_text() == "1"


def test_a_live_place_leaves_alone_what_is_being_typed(page, live_server):
    page.goto(live_server.url + "/live_page/")
    page.wait_for_function(TWICE)
    page.locator("#tally input").fill("ghi chú")
    before = page.locator(".count-now").inner_text()
    page.evaluate(CHANGE)
    page.wait_for_timeout(800)
    assert page.locator("#tally input").input_value() == "ghi chú"
    assert page.locator(".count-now").inner_text() == before
    page.locator("#tally input").fill("")
    page.wait_for_function(f"() => document.querySelector('.count-now').textContent !== '{before}'")


def test_without_the_stream_the_page_says_so_and_asks_every_few_seconds(page, live_server, faults):
    page.route("**/live/events*", lambda route: route.abort())
    faults.allow("ERR_FAILED")
    page.goto(live_server.url + "/live_page/")
    page.wait_for_function("() => document.body.dataset.streamState === 'polling'", timeout=15000)
    assert "Kết nối chậm" in page.locator(".stream").inner_text()
    page.wait_for_function("() => Number(document.querySelector('.count-now').textContent) >= 2", timeout=15000)


def test_tables_sort_by_number_and_by_name_and_keep_the_unknown_last(page, live_server):
    page.goto(live_server.url + "/kit_page/")
    names = "[...document.querySelectorAll('table[data-sort] tbody th')].map(th => th.textContent)"
    page.get_by_role("button", name="Tán thành").click()
    assert page.evaluate(names) == ["Luật Ấn", "Luật Bảo", "Luật Đất"]
    page.get_by_role("button", name="Tán thành").click()
    assert page.evaluate(names) == ["Luật Bảo", "Luật Ấn", "Luật Đất"]
    assert page.locator("th[aria-sort=descending]").inner_text().strip() == "Tán thành"
    page.get_by_role("button", name="Tên").click()
    assert page.evaluate(names) == ["Luật Ấn", "Luật Bảo", "Luật Đất"]


def test_the_clock_is_the_offices_and_counts_down(page, live_server):
    page.goto(live_server.url + "/seat_page/")
    left = page.locator("[data-until]").inner_text
    assert "00:20" < left() <= "00:23", "the day of the page is that of the office, years before the machine's"
    page.wait_for_function("() => document.querySelector('[data-until]').textContent < '00:23'")
    later = left()
    page.wait_for_function(f"() => document.querySelector('[data-until]').textContent < '{later}'")
    assert "00:00" < left() < later


def test_after_a_failed_try_the_summary_has_the_focus(page, live_server):
    page.goto(live_server.url + "/kit_page/?bad=1")
    assert page.evaluate("document.activeElement.className") == "errors"
    page.locator(".errors a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_name"


def test_the_language_is_switched_where_one_stands(page, live_server):
    page.goto(live_server.url + "/kit_page/?bad=1")
    page.get_by_role("button", name="EN").click()
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    assert page.url.endswith("/kit_page/?bad=1")


def test_every_page_prints_without_the_shell(page, live_server):
    page.goto(live_server.url + "/kit_page/")
    page.emulate_media(media="print")
    assert not page.locator(".rail").is_visible()
    assert not page.locator(".top").is_visible()
    assert page.locator("h1").is_visible()
