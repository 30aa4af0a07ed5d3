"""`python -m dienhong` is the same as the command `dienhong`."""

from dienhong.cli import main

main()
