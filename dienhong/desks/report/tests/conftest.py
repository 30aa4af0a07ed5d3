"""The office of the report tests."""

from dienhong.reports.tests.conftest import house

__all__ = ["house"]
