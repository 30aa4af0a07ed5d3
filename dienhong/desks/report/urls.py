"""Addresses of the report desk."""

from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from dienhong.desks import rail
from dienhong.desks.report import acts, collecting, confer_acts, mending, picking, views

PREFIX = "report/"
app_name = "report"
urlpatterns = [
    path("", views.home, name="home"),
    path("new", acts.new, name="new"),
    path("<int:report_id>/", views.sheet, name="sheet"),
    path("<int:report_id>/contributions", collecting.table, name="collecting"),
    path("<int:report_id>/contributions/ask", collecting.ask_many, name="ask_many"),
    path("<int:report_id>/contributions/remind-late", collecting.remind_late, name="remind_late"),
    path("<int:report_id>/changes", mending.changes, name="changes"),
    path("<int:report_id>/leave-out", mending.leave_out, name="leave_out"),
    path("<int:report_id>/preview", picking.preview, name="preview"),
    path("<int:report_id>/drawn.png", views.drawn, name="drawn"),
    path("<int:report_id>/take-values", acts.take_values, name="take_values"),
    path("<int:report_id>/merge", acts.merge, name="merge"),
    path("<int:report_id>/submit", acts.submit, name="submit"),
    path("<int:report_id>/decide", acts.decide, name="decide"),
    path("<int:report_id>/reopen", acts.reopen, name="reopen"),
    path("<int:report_id>/sign", acts.sign, name="sign"),
    path("<int:report_id>/pictures", views.pictures, name="pictures"),
    path("<int:report_id>/out.<slug:way>", views.out, name="out"),
    path("<int:report_id>/charts/<int:block>.png", views.chart, name="chart"),
    path("<int:report_id>/slides/<slug:key>.png", views.chart_of_slide, name="slide_chart"),
    path("<int:report_id>/photographs/<slug:digest>", views.photograph, name="photograph"),
    path("<int:report_id>/conference", confer_acts.new, name="new_conference"),
    path("sections/<int:section_id>/", views.section, name="section"),
    path("sections/<int:section_id>/blocks/new", acts.new_block, name="new_block"),
    path("sections/<int:section_id>/comment", acts.comment, name="comment"),
    path("sections/<int:section_id>/give", collecting.give, name="give"),
    path("sections/<int:section_id>/ask", collecting.ask, name="ask"),
    path("sections/<int:section_id>/take-in", mending.take_in, name="take_in"),
    path("comments/<int:comment_id>/done", acts.settle_comment, name="settle_comment"),
    path("contributions/<int:contribution_id>/", collecting.contribution, name="contribution"),
    path("contributions/<int:contribution_id>/reassign", collecting.reassign, name="reassign"),
    path("contributions/<int:contribution_id>/return", collecting.send_back, name="return"),
    re_path(r"^contributions/(?P<contribution_id>\d+)/(?P<act>remind|hand-in|accept)$", collecting.step, name="step"),
    path("blocks/<int:block_id>/", acts.edit, name="edit"),
    path("blocks/<int:block_id>/versions", views.versions, name="versions"),
    path("blocks/<int:block_id>/remove", acts.remove, name="remove"),
    path("blocks/<int:block_id>/move", acts.move, name="move"),
    path("blocks/<int:block_id>/restore", mending.restore, name="restore"),
    path("blocks/<int:block_id>/keep", mending.keep, name="keep"),
    path("conferences/<int:conference_id>/", views.conference, name="conference"),
    path("conferences/<int:conference_id>/item", confer_acts.item, name="new_item"),
    path("conferences/<int:conference_id>/invite", confer_acts.invite, name="invite"),
    path("conferences/<int:conference_id>/speech", confer_acts.speech, name="new_speech"),
    path("conferences/<int:conference_id>/opinion", confer_acts.opinion, name="new_opinion"),
    path("conferences/<int:conference_id>/conclusion", confer_acts.conclusion, name="new_conclusion"),
    path("conferences/<int:conference_id>/conclude", confer_acts.conclude, name="conclude"),
    path("conferences/<int:conference_id>/tasks", confer_acts.tasks, name="make_tasks"),
    path("conferences/<int:conference_id>/notice.docx", views.notice, name="notice"),
    path("invitations/<int:invitation_id>/answer", confer_acts.answer, name="answer"),
    path("opinions/<int:opinion_id>/settle", confer_acts.settle, name="settle_opinion"),
    path("speeches/<int:speech_id>", views.speech, name="speech"),
]

rail.add(rail.Entry("report", _("Reports"), "report:home", "report", order=50, shown=views.may_enter))
