# Python and the libraries that read what Misam writes (tests/readers), in an environment of their own in the tool cache.
# Sets READERS_PYTHON.
# shellcheck shell=bash

ensure_readers() {
  local home=$TOOLS/readers wanted=tests/readers/requirements.txt alone=tests/readers/requirements-alone.txt
  READERS_PYTHON=$home/bin/python
  cat "$wanted" "$alone" | cmp -s - "$home/installed-requirements.txt" && "$READERS_PYTHON" -c '' 2>/dev/null && return
  local python
  python=$(first_python) || { install_packages "Python with venv" python3 python3-venv && python=$(first_python); } ||
    fail "Python $PYTHON_MINIMUM or newer with venv is missing; the libraries that read the formats need it." \
      "Install it from https://python.org or with your package manager (Debian: python3 python3-venv)."
  # Made aside and moved into place when it is whole: a run that is broken off, or two at once, leave nothing half done.
  local made=$home.$$
  rm -rf "$made"
  quietly "making an environment for Python's libraries" "Debian calls what this needs python3-venv." "$python" -m venv "$made"
  # Compiled on first use instead: most of these files are never needed.
  quietly "installing the libraries that read the formats (about a minute, 1.1 GB)" \
    "Check that PyPI can be reached, then run ./dev again." \
    "$made/bin/python" -m pip install --disable-pip-version-check --no-compile -r "$wanted"
  quietly "installing what comes without its dependencies" \
    "Check that PyPI can be reached, then run ./dev again." \
    "$made/bin/python" -m pip install --disable-pip-version-check --no-compile --no-deps -r "$alone"
  cat "$wanted" "$alone" >"$made/installed-requirements.txt"
  rm -rf "$home"
  mv "$made" "$home"
}

# The first Python that is new enough and can make environments.
first_python() {
  local name version
  for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    version=$("$name" -c 'import ensurepip, platform, venv; print(platform.python_version())' 2>/dev/null) || continue
    at_least "$version" "$PYTHON_MINIMUM" && echo "$name" && return
  done
  return 1
}
