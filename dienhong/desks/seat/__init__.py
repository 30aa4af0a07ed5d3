"""The seat (ghế đại biểu): the deputy's tablet. One question, one clock, three equal keys."""
