"""Generated laws and amendments: the outcome is that of a plain model, whatever the order of the instructions."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dienhong.texts.consolidating.timeline import consolidate
from dienhong.texts.reading import read_text
from dienhong.texts.tests.strategies import laws
from dienhong.texts.tree import POINT_LETTERS
from dienhong.texts.understanding.references import references

Model = dict[str, tuple[str, dict[str, tuple[str, list[str]]]]]
WORDS = [
    "lập",
    "hồ",
    "sơ",
    "nộp",
    "báo",
    "cáo",
    "giữ",
    "tài",
    "liệu",
    "kiểm",
    "tra",
    "kho",
    "sách",
    "công",
    "khai",
    "quản",
    "lý",
    "số",
    "hóa",
]

sentence = st.lists(st.sampled_from(WORDS), min_size=2, max_size=7).map(lambda w: " ".join(w).capitalize())


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Articles with a title and clauses; a clause has a text and points. Every text is marked with its place, so that
    no two are alike."""
    made: Model = {}
    for article in range(1, draw(st.integers(2, 6)) + 1):
        clauses = {}
        for clause in range(1, draw(st.integers(2, 4)) + 1):
            place = f"{article} {clause}"
            points = [f"{draw(sentence)} số {place} {p};" for p in range(draw(st.sampled_from((0, 0, 2, 3))))]
            clauses[str(clause)] = (f"{draw(sentence)} mục {place}" + (":" if points else "."), points)
        made[str(article)] = (f"{draw(sentence)} tên {article}", clauses)
    return made


def written(model: Model) -> str:
    lines = ["QUỐC HỘI", "Luật số: 01/2011/QH13", "LUẬT", "LƯU TRỮ", "Quốc hội ban hành Luật Lưu trữ."]
    for article, (title, clauses) in model.items():
        lines.append(f"Điều {article}. {title}")
        lines.extend(line for number, clause in clauses.items() for line in clause_lines(number, clause))
    return "\n".join(lines)


def clause_lines(number: str, clause: tuple[str, list[str]]) -> list[str]:
    text, points = clause
    return [f"{number}. {text}", *(f"{POINT_LETTERS[n]}) {point}" for n, point in enumerate(points))]


def as_model(text) -> list[tuple[str, str]]:
    """What stands in a text, as lines with their place."""
    return [(node.id, f"{node.heading}|{node.text}") for node in text.walk()]


@st.composite
def amended(draw: st.DrawFn) -> tuple[Model, list[str], Model]:
    """A law, orders that touch different units, and the law as it must come out."""
    model = draw(models())
    after: Model = {a: (title, dict(clauses)) for a, (title, clauses) in model.items()}
    orders: list[str] = []
    for article, (title, clauses) in model.items():
        act = draw(st.sampled_from(("nothing", "whole", "title", "repeal", "clauses", "clauses", "clauses")))
        if act == "whole":
            new: dict[str, tuple[str, list[str]]] = {
                "1": (f"Toàn văn mới {article}.", []),
                "2": (f"Thứ hai mới {article}.", []),
            }
            after[article] = (f"Tên khác {article}", new)
            body = "\n".join(line for n, c in new.items() for line in clause_lines(n, c))
            orders.append(f"Sửa đổi, bổ sung Điều {article} như sau:\n“Điều {article}. Tên khác {article}\n{body}”.")
        elif act == "title":
            after[article] = (f"Tựa mới {article}", after[article][1])
            orders.append(f"Sửa đổi, bổ sung tên Điều {article} như sau:\n“Điều {article}. Tựa mới {article}”.")
        elif act == "repeal":
            after[article] = ("", {})
            orders.append(f"Bãi bỏ Điều {article}.")
        elif act == "clauses":
            out: dict[str, tuple[str, list[str]]] = {}
            for number, clause in clauses.items():
                orders.extend(_clause(draw, article, number, clause, out))
            after[article] = (title, out)
    return model, orders, after


def _clause(draw, article, number, clause, out) -> list[str]:
    text, points = clause
    where = f"khoản {number} Điều {article}"
    act = draw(st.sampled_from(("nothing", "replace", "insert", "repeal", "phrase", "point")))
    out[number] = clause
    if act == "replace":
        out[number] = (f"Khoản mới {article} {number}.", [])
        return [f"Sửa đổi, bổ sung {where} như sau:\n“{number}. Khoản mới {article} {number}.”."]
    if act == "insert":
        out[f"{number}a"] = (f"Khoản thêm {article} {number}.", [])
        return [f"Bổ sung khoản {number}a vào sau {where} như sau:\n“{number}a. Khoản thêm {article} {number}.”."]
    if act == "repeal":
        out[number] = ("(được bãi bỏ)", [])
        return [f"Bãi bỏ {where}."]
    if act == "phrase":
        out[number] = (text.replace(f"mục {article} {number}", "phần đã đổi"), points)
        return [f"Thay thế cụm từ “mục {article} {number}” bằng cụm từ “phần đã đổi” tại {where}."]
    if act == "point" and points:
        out[number] = (text, [points[0], "Điểm mới;", *points[2:]])
        return [f"Sửa đổi, bổ sung điểm b {where} như sau:\n“b) Điểm mới;”."]
    return []


def amending_text(orders: list[str]) -> str:
    lines = "\n".join(f"{n}. {order}" for n, order in enumerate(orders, start=1))
    return (
        "QUỐC HỘI\nLuật số: 09/2024/QH15\nLUẬT\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT LƯU TRỮ\n"
        "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Lưu trữ số 01/2011/QH13.\n"
        f"Điều 1. Sửa đổi, bổ sung một số điều của Luật Lưu trữ\n{lines}\n"
        "Điều 2. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024.\n"
    )


def expected(model: Model) -> list[tuple[str, str]]:
    lines = []
    for article, (title, clauses) in model.items():
        lines.append((f"art_{article}", f"{title}|{'' if clauses else '(được bãi bỏ)'}"))
        for number, (text, points) in clauses.items():
            lines.append((f"art_{article}__para_{number}", f"|{text}"))
            for n, point in enumerate(points):
                letter = POINT_LETTERS[n].replace("đ", "dd")
                lines.append((f"art_{article}__para_{number}__point_{letter}", f"|{point}"))
    return lines


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(amended(), st.randoms(use_true_random=False))
def test_a_consolidated_law_is_what_its_orders_make_of_it(drawn, random):
    model, orders, after = drawn
    done = consolidate(read_text(written(model)), [read_text(amending_text(orders))])
    assert [o.reason for o in done.unsettled] == []
    assert as_model(done.text) == expected(after)
    shuffled = list(orders)
    random.shuffle(shuffled)
    again = consolidate(read_text(written(model)), [read_text(amending_text(shuffled))])
    assert as_model(again.text) == expected(after)
    assert len(done.applied) == len(again.applied)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(amended())
def test_applying_a_law_again_inserts_nothing_twice(drawn):
    """A second pass replaces like by like, and every insertion, repeal and phrase is refused."""
    model, orders, after = drawn
    law = read_text(amending_text(orders))
    once = consolidate(read_text(written(model)), [law])
    twice = consolidate(once.text, [law])
    assert as_model(twice.text) == expected(after)
    assert {o.instruction.action.value for o in twice.unsettled} <= {"insert", "repeal", "replace phrase"}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(laws(amending=False), laws(amending=True))
def test_any_laws_can_be_put_together_and_nothing_else_changes(base, amend):
    """Every instruction is applied or left open; units that none names stay as they are."""
    done = consolidate(base, [amend])
    touched = {a.node_id for a in done.applied}
    before = {node.id: (node.heading, node.text) for node in base.walk()}
    for node in done.text.walk():
        inside = any(node.id == t or node.id.startswith(t + "__") for t in touched)
        if node.id in before and not inside:
            assert (node.heading, node.text) == before[node.id]
    for reference in references(done.text):
        named = done.text.find(reference.node_id)
        assert getattr(named, reference.field)[reference.start : reference.end] == reference.words
