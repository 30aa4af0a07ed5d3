"""The office with one more page: a ballot as an ordinary Django view takes it, for comparison."""

from dienhong.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.plain"
