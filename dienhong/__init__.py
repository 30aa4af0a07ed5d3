"""Diên Hồng, the digital office of an elected assembly."""
