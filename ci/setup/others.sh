# Libraries that the extractor's speed is measured beside (tests/bench/others), in the tool cache. Sets OTHERS.
# shellcheck shell=bash

ensure_others() {
  ensure_node
  ensure_readers
  OTHERS=$TOOLS/others
  local from=tests/bench/others
  if ! cat $from/package-lock.json $from/requirements.txt | cmp -s - "$OTHERS/made-from"; then
    rm -rf "$OTHERS"
    mkdir -p "$OTHERS"
    cp $from/package.json $from/package-lock.json "$OTHERS"
    quietly "installing the libraries to measure beside (npm)" "Check that the npm registry can be reached, then run ./dev again." \
      npm ci --no-audit --no-fund --prefix "$OTHERS"
    quietly "installing the libraries to measure beside (PyPI)" "Check that PyPI can be reached, then run ./dev again." \
      "$READERS_PYTHON" -m pip install --disable-pip-version-check --no-deps --target "$OTHERS/python" -r $from/requirements.txt
    cat $from/package-lock.json $from/requirements.txt >"$OTHERS/made-from"
  fi
  # Bundled from where the libraries are.
  cp $from/worker.js "$OTHERS"
}
