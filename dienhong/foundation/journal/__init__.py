"""The journal (nhật ký): append-only, gapless, hash-chained; every action is written in its own transaction."""
