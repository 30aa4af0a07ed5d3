"""The texts of the demonstration (văn bản minh họa): a short law, the law that amends it, two drafts of a bill.

All four were written for the demonstration and say so in their first article; no law of Viet Nam is among them.
"""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

from dienhong.foundation.access.actor import Actor
from dienhong.foundation.facts import Mark
from dienhong.texts import actions
from dienhong.texts.intake import take_in
from dienhong.texts.models import Version, Work

SOURCE = "văn bản minh họa"
BASE, AMENDING = "luat-minh-hoa.txt", "luat-sua-doi-minh-hoa.txt"
DRAFTS = (("du-thao-1.txt", "Dự thảo 1, 20/10/2023"), ("du-thao-2.txt", "Dự thảo 2, 15/11/2023"))
#: The day by which most of the amending law is in force, but not its article on digital holdings.
AS_OF = dt.date(2023, 7, 1)


def there() -> bool:
    """Whether the texts are loaded."""
    return Work.objects.filter(mark=Mark.SYNTHETIC).exists()


def _bring(actor: Actor, at: dt.datetime, name: str, label: str = "") -> Version:
    content = files("dienhong.demo").joinpath("laws", name).read_bytes()
    return actions.upload_text(
        actor=actor, intake=take_in(content, name), label=label, mark=Mark.SYNTHETIC, source=SOURCE, at=at
    )


def load(actor: Actor, at: dt.datetime) -> int:
    """Bring the texts in; seal the two laws and the consolidated version, leave the drafts of the bill open."""
    laws = [_bring(actor, at, name) for name in (BASE, AMENDING)]
    for law in laws:
        actions.seal_version(actor=actor, version_id=law.pk, accept_doubts=True, at=at)
    made = actions.consolidate(actor=actor, base=laws[0], amending=laws[1:], as_of=AS_OF, at=at)
    for doubt in made.doubts.all():
        note = "Điều 20 không có khoản; đề nghị cơ quan trình xem lại (minh họa)."
        actions.settle_doubt(actor=actor, doubt_id=doubt.pk, how="noted", note=note, at=at)
    actions.seal_version(actor=actor, version_id=made.pk, at=at)
    drafts = [_bring(actor, at, name, label) for name, label in DRAFTS]
    return len(laws) + 1 + len(drafts)
