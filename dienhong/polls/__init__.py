"""Polls (biểu quyết): what was decided by counting. Poll, elector, ballot, tally, result."""
