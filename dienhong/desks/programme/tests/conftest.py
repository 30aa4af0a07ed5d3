"""What every test of the desk works in."""

from dienhong.desks.programme.tests.test_programme_desk import office

__all__ = ["office"]
