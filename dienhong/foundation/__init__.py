"""The foundation (nền): access, journal, clock, live lane, rulebook, files. It knows no parliament."""
