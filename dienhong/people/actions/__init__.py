"""What people do with the register: the only code that writes its tables."""

from dienhong.people.actions.bodies import end_body, found_body, open_term, place_body, record_succession, rename_body
from dienhong.people.actions.imports import NotImported, import_people
from dienhong.people.actions.lists import NewDeputy, confirm_deputies, merge_delegations
from dienhong.people.actions.mandates import change_standing, confirm_mandate, enter_constituencies, move_deputy
from dienhong.people.actions.persons import (
    correct_person,
    create_post,
    enter_person,
    give_account,
    give_post,
    leave_post,
)
from dienhong.people.grounds import (
    GIVE_ACCOUNTS,
    GIVE_POSTS,
    KEEP_BODIES,
    KEEP_MANDATES,
    KEEP_PERSONS,
    KEEP_TERMS,
    Contradiction,
)

__all__ = [
    "GIVE_ACCOUNTS",
    "GIVE_POSTS",
    "KEEP_BODIES",
    "KEEP_MANDATES",
    "KEEP_PERSONS",
    "KEEP_TERMS",
    "Contradiction",
    "NewDeputy",
    "NotImported",
    "change_standing",
    "confirm_deputies",
    "confirm_mandate",
    "correct_person",
    "create_post",
    "end_body",
    "enter_constituencies",
    "enter_person",
    "found_body",
    "give_account",
    "give_post",
    "import_people",
    "leave_post",
    "merge_delegations",
    "move_deputy",
    "open_term",
    "place_body",
    "record_succession",
    "rename_body",
]
