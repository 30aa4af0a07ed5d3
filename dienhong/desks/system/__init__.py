"""System (hệ thống): the journal, the rulebook, why one may, the accounts, and the clock of the demonstration."""
