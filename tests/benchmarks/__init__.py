"""Benchmarks: runnable modules that print JSON. `python -m tests.benchmarks.ballots --help`."""
