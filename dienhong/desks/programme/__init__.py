"""The desk of the programme of work (bàn chương trình công tác): who does what by when, and what came of it."""
