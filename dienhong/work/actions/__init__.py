"""What people do with dossiers, programmes and tasks: the only code that writes them."""

from dienhong.foundation.access.actor import Refused
from dienhong.work.actions.common import (
    ChangedMeanwhile,
    NoReason,
    NoSuchProgramme,
    NoSuchTask,
    NotClear,
    NotNow,
)
from dienhong.work.actions.dossiers import (
    ENTER_ENACTMENT,
    OPEN_DOSSIER,
    AlreadyThere,
    enter_enactment,
    open_dossier,
)
from dienhong.work.actions.extending import (
    approve_extension,
    extend_deadline,
    refuse_extension,
    request_extension,
    withdraw_request,
)
from dienhong.work.actions.keeping import (
    make_feed,
    note_reminder,
    publish_week,
    remove_filter,
    save_filter,
    settle_session_deadlines,
    snooze_task,
)
from dienhong.work.actions.office_days import enter_office_days, remove_office_day
from dienhong.work.actions.programmes import add_group, adopt_programme, carry_over, draft_programme, merge_drafts
from dienhong.work.actions.recurring import end_series, renew_task
from dienhong.work.actions.running import (
    add_evidence,
    confirm_done,
    note_progress,
    report_done,
    return_task,
    start_task,
)
from dienhong.work.actions.steering import cancel_task, hand_over, pause_task, resume_task
from dienhong.work.actions.tables import import_tasks, load_tasks
from dienhong.work.actions.tasks import (
    add_dependency,
    add_task,
    assign_task,
    change_task,
    remove_dependency,
    split_task,
)
from dienhong.work.content import Content, Origin
from dienhong.work.rights import ADD, ADOPT, ASSIGN, KEEP_DAYS, PUBLISH_WEEK, REMIND, RUN, SEE, SEE_PARTY, SEE_UNION

__all__ = [
    "ADD",
    "ADOPT",
    "ASSIGN",
    "ENTER_ENACTMENT",
    "KEEP_DAYS",
    "OPEN_DOSSIER",
    "PUBLISH_WEEK",
    "REMIND",
    "RUN",
    "SEE",
    "SEE_PARTY",
    "SEE_UNION",
    "AlreadyThere",
    "ChangedMeanwhile",
    "Content",
    "NoReason",
    "NoSuchProgramme",
    "NoSuchTask",
    "NotClear",
    "NotNow",
    "Origin",
    "Refused",
    "add_dependency",
    "add_evidence",
    "add_group",
    "add_task",
    "adopt_programme",
    "approve_extension",
    "assign_task",
    "cancel_task",
    "carry_over",
    "change_task",
    "confirm_done",
    "draft_programme",
    "end_series",
    "enter_enactment",
    "enter_office_days",
    "extend_deadline",
    "hand_over",
    "import_tasks",
    "load_tasks",
    "make_feed",
    "merge_drafts",
    "note_progress",
    "note_reminder",
    "open_dossier",
    "pause_task",
    "publish_week",
    "refuse_extension",
    "remove_dependency",
    "remove_filter",
    "remove_office_day",
    "renew_task",
    "report_done",
    "request_extension",
    "resume_task",
    "return_task",
    "save_filter",
    "settle_session_deadlines",
    "snooze_task",
    "split_task",
    "start_task",
    "withdraw_request",
]
