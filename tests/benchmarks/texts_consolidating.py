"""How long consolidating takes: a law of 100 articles and 60 instructions, and ten times as much.

Run: python tests/benchmarks/texts_consolidating.py. Prints JSON: seconds (best of several), per step. What is measured
takes two texts already read, and does everything else: instructions, commencement, application, footnotes, ids.
"""

from __future__ import annotations

import json
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dienhong.texts.consolidating.timeline import Timeline
from dienhong.texts.reading import read_text
from dienhong.texts.understanding.instructions import instructions
from dienhong.texts.understanding.references import references

WORDS = [
    "cơ",
    "quan",
    "nhà",
    "nước",
    "có",
    "thẩm",
    "quyền",
    "quy",
    "định",
    "chi",
    "tiết",
    "việc",
    "thực",
    "hiện",
    "nhiệm",
    "vụ",
    "của",
    "tổ",
    "chức,",
    "cá",
    "nhân",
    "theo",
]


def law(articles: int) -> str:
    """A law of chapters of ten articles; every article has four clauses, every second clause four points."""
    lines = ["QUỐC HỘI", "Luật số: 01/2011/QH13", "LUẬT", "LƯU TRỮ", "Quốc hội ban hành Luật Lưu trữ."]
    for number in range(1, articles + 1):
        if number % 10 == 1:
            lines += [f"Chương {'I' * (1 + number // 100)}", "NHỮNG QUY ĐỊNH CHUNG"]
        lines.append(f"Điều {number}. Trách nhiệm số {number}")
        for clause in range(1, 5):
            words = " ".join(WORDS[(number + clause + n) % len(WORDS)] for n in range(40)).capitalize()
            before = f"tại khoản {clause} Điều {max(1, number - 1)} của Luật này"
            lines.append(f"{clause}. {words} {before} mục {number}.{clause}.")
            if clause % 2 == 0:
                lines += [f"{letter}) {words[:80]} {number};" for letter in "abcd"]
    return "\n".join(lines)


def amending(count: int, articles: int) -> str:
    """An amending law of `count` instructions of every kind, spread over the law."""
    orders = []
    for n in range(count):
        at = 1 + (n * articles) // count
        orders.append(
            (
                f"Sửa đổi, bổ sung khoản 1 Điều {at} như sau:\n“1. Nội dung mới {n}.”.",
                f"Bổ sung khoản 3a vào sau khoản 3 Điều {at} như sau:\n“3a. Nội dung thêm {n}.”.",
                f"Sửa đổi, bổ sung điểm b khoản 2 Điều {at} như sau:\n“b) Nội dung điểm {n};”.",
                f"Bãi bỏ khoản 4 Điều {at}.",
                f"Thay thế cụm từ “tại khoản 3” bằng cụm từ “theo khoản 3” tại khoản 3 Điều {at}.",
                f"Sửa đổi, bổ sung tên Điều {at} như sau:\n“Điều {at}. Tên mới {n}”.",
            )[n % 6]
        )
    lines = "\n".join(f"{n}. {order}" for n, order in enumerate(orders, start=1))
    return (
        "QUỐC HỘI\nLuật số: 09/2024/QH15\nLUẬT\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT LƯU TRỮ\n"
        "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Lưu trữ số 01/2011/QH13.\n"
        f"Điều 1. Sửa đổi, bổ sung một số điều của Luật Lưu trữ\n{lines}\n"
        "Điều 2. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024.\n"
    )


def best(action: Callable[[], Any], times: int = 5) -> tuple[float, Any]:
    """The shortest of several runs, in seconds, and the outcome."""
    shortest, outcome = float("inf"), None
    for _ in range(times):
        start = time.perf_counter()
        outcome = action()
        shortest = min(shortest, time.perf_counter() - start)
    return round(shortest, 4), outcome


def measure(articles: int, count: int) -> dict[str, Any]:
    """The seconds of each step for a law of this size."""
    base, amend = read_text(law(articles)), read_text(amending(count, articles))
    seconds, done = best(lambda: Timeline.of(base, [amend]).as_of())
    timeline = Timeline.of(base, [amend])
    again, _ = best(timeline.as_of)
    reading, found = best(lambda: instructions(amend))
    refs, named = best(lambda: references(base), times=2)
    return {
        "articles": articles,
        "instructions": len(found),
        "applied": len(done.applied),
        "unsettled": len(done.unsettled),
        "consolidate_seconds": seconds,
        "another_day_seconds": again,
        "instructions_seconds": reading,
        "references": len(named),
        "references_seconds": refs,
    }


def main() -> None:
    rows = [measure(100, 60), measure(1000, 600)]
    print(json.dumps({"python": platform.python_version(), "machine": platform.machine(), "runs": rows}, indent=1))


if __name__ == "__main__":
    main()
