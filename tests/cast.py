"""The cast of the tests is the cast of the demonstration."""

from dienhong.demo.cast import DAY, PASSWORD, Cast, assemble, at_eight

__all__ = ["DAY", "PASSWORD", "Cast", "assemble", "at_eight"]
