"""What people do with law texts."""

from dienhong.texts.actions.consolidations import NothingToApply, consolidate
from dienhong.texts.actions.corrections import (
    AlreadySettled,
    Changed,
    NoSuchUnit,
    correct_facts,
    correct_provision,
    settle_doubt,
)
from dienhong.texts.actions.versions import KEEP, SEAL, discard_draft, link_dossier, seal_version, upload_text
from dienhong.texts.drafts import AlreadyThere, IsSealed, OpenDoubts

__all__ = [
    "KEEP",
    "SEAL",
    "AlreadySettled",
    "AlreadyThere",
    "Changed",
    "IsSealed",
    "NoSuchUnit",
    "NothingToApply",
    "OpenDoubts",
    "consolidate",
    "correct_facts",
    "correct_provision",
    "discard_draft",
    "link_dossier",
    "seal_version",
    "settle_doubt",
    "upload_text",
]
