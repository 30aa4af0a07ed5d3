"""Addresses of the report desk."""

from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from dienhong.desks import rail
from dienhong.desks.report import acts, confer_acts, confer_views, turn_acts, views

PREFIX = "report/"
app_name = "report"
urlpatterns = [
    path("", views.home, name="home"),
    path("new", acts.new, name="new"),
    path("<int:report_id>/", views.sheet, name="sheet"),
    path("<int:report_id>/take-values", acts.take_values, name="take_values"),
    path("<int:report_id>/merge", acts.merge, name="merge"),
    path("<int:report_id>/submit", acts.submit, name="submit"),
    path("<int:report_id>/decide", acts.decide, name="decide"),
    path("<int:report_id>/reopen", acts.reopen, name="reopen"),
    path("<int:report_id>/sign", acts.sign, name="sign"),
    path("<int:report_id>/pictures", views.pictures, name="pictures"),
    path("<int:report_id>/out.<slug:way>", views.out, name="out"),
    path("<int:report_id>/charts/<int:block>.svg", views.chart, name="chart"),
    path("<int:report_id>/slides/<slug:key>.svg", views.chart_of_slide, name="slide_chart"),
    path("<int:report_id>/photographs/<slug:digest>", views.photograph, name="photograph"),
    path("<int:report_id>/conference", confer_acts.new, name="new_conference"),
    path("sections/<int:section_id>/", views.section, name="section"),
    path("sections/<int:section_id>/blocks/new", acts.new_block, name="new_block"),
    path("sections/<int:section_id>/comment", acts.comment, name="comment"),
    path("sections/<int:section_id>/give", acts.give, name="give"),
    path("sections/<int:section_id>/ask", acts.ask, name="ask"),
    path("comments/<int:comment_id>/done", acts.settle_comment, name="settle_comment"),
    path("contributions/<int:contribution_id>/reassign", acts.reassign, name="reassign"),
    path("contributions/<int:contribution_id>/return", acts.send_back, name="return"),
    re_path(r"^contributions/(?P<contribution_id>\d+)/(?P<act>remind|hand-in|accept)$", acts.step, name="step"),
    path("blocks/<int:block_id>/", acts.edit, name="edit"),
    path("blocks/<int:block_id>/versions", views.versions, name="versions"),
    path("blocks/<int:block_id>/remove", acts.remove, name="remove"),
    path("blocks/<int:block_id>/move", acts.move, name="move"),
    path("conferences/<int:conference_id>/", confer_views.conference, name="conference"),
    path("conferences/<int:conference_id>/change", confer_acts.change, name="change_conference"),
    path("conferences/<int:conference_id>/item", confer_acts.item, name="new_item"),
    path("conference-items/<int:item_id>/", confer_acts.change_item, name="change_item"),
    path("conference-items/<int:item_id>/move", confer_acts.move_item, name="move_item"),
    path("conferences/<int:conference_id>/invitations", confer_views.invitations, name="invitations"),
    path("conferences/<int:conference_id>/invite", confer_acts.invite, name="invite"),
    path("conferences/<int:conference_id>/letter", confer_acts.issue, name="issue_letter"),
    path("conferences/<int:conference_id>/mail", confer_acts.mail, name="mail_letters"),
    re_path(r"^conferences/(?P<conference_id>\d+)/letter\.(?P<way>docx|pdf)$", confer_views.letter, name="letter"),
    path("conferences/<int:conference_id>/letters.zip", confer_views.letters_of_each, name="letters"),
    path("conferences/<int:conference_id>/speech", confer_acts.speech, name="new_speech"),
    path("conferences/<int:conference_id>/opinion", confer_acts.opinion, name="new_opinion"),
    path("conferences/<int:conference_id>/conclusion", confer_acts.conclusion, name="new_conclusion"),
    path("conferences/<int:conference_id>/conclude", confer_acts.conclude, name="conclude"),
    path("conferences/<int:conference_id>/tasks", turn_acts.tasks, name="make_tasks"),
    path("conferences/<int:conference_id>/turn", turn_acts.turn, name="turn_year"),
    re_path(r"^conferences/(?P<conference_id>\d+)/notice\.(?P<way>docx|pdf)$", confer_views.notice, name="notice"),
    path("invitations/<int:invitation_id>/answer", confer_acts.answer, name="answer"),
    path("invitations/<int:invitation_id>/came", confer_acts.came, name="came"),
    path("opinions/<int:opinion_id>/settle", confer_acts.settle, name="settle_opinion"),
    path("speeches/<int:speech_id>", confer_views.speech, name="speech"),
    path("speeches/<int:speech_id>/move", confer_acts.move_speech, name="move_speech"),
]

rail.add(rail.Entry("report", _("Reports"), "report:home", "report", order=50, shown=views.may_enter))
