# Sourced by ./run, ./test and .ci/run: sets PYTHON to the first interpreter that is new enough, or says what is missing.
find_python() {
  for candidate in "${DIENHONG_PYTHON:-}" python3 python3.13 python3.12 python3.11 python3.14 python; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      PYTHON=$candidate
      return 0
    fi
  done
  echo "Diên Hồng needs Python 3.11 or newer, and none was found on this machine." >&2
  if command -v python3 >/dev/null 2>&1; then
    echo "python3 is here, but it is $(python3 --version 2>&1)." >&2
  fi
  echo "On Debian or Ubuntu: apt install python3 python3-venv. Or name one: DIENHONG_PYTHON=/path/to/python3 $0" >&2
  exit 1
}
