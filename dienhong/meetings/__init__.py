"""Meetings (kỳ họp, phiên họp): what was taken up, when, by whom. Session, phase, meeting, agenda item."""
