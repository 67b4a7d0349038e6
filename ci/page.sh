# The page: built by Trunk into dist/, served from there.
# shellcheck shell=bash

# Builds the release page, unless dist/ is newer than everything it is made from.
build_page() {
  ensure_page_tools
  ensure_crates
  if page_is_current; then
    note "the page in dist/ is up to date"
    return
  fi
  say "Building the page (the first time takes a few minutes)"
  local began=$TARGET/page-build-began
  touch "$began"
  ensure_small_std
  build_in_parts ||
    fail "the page could not be built." "The messages above say where. Checking without a build: ./dev check"
  rm -f dist/.trunk-lock
  mv "$began" "$TARGET/page-built"
  note "the page is in dist/"
}

# Trunk, with the page cut into parts (ci/bin/wasm-bindgen). A plain `trunk build` makes a page in one piece.
build_in_parts() {
  # Without NO_COLOR: Trunk reads it as an option that takes true or false, and stops at the usual 1.
  # shellcheck disable=SC2016 # for the inner shell
  MISAM_SPLIT=1 PAGE_PARTS=$TARGET/page-parts with_small_std env -u NO_COLOR \
    bash -c 'PATH="$PWD/ci/bin:$PATH" exec trunk build --release'
}

page_is_current() {
  [[ -f dist/index.html && -f $TARGET/page-built && dist/index.html -nt $TARGET/page-built ]] || return 1
  local newer
  newer=$(find . \( -path ./target -o -path ./dist -o -path ./node_modules -o -path ./.git -o -path ./tests -o -path ./docs -o -name "*.md" \) -prune \
    -o -mindepth 1 -newer "$TARGET/page-built" -print -quit)
  [[ -z $newer ]]
}

serve_page() {
  build_page
  say "Serving dist/"
  exec node page/serve.mjs --port "${PORT:-8080}"
}

explain_hosting() {
  say "Hosting the page"
  note "dist/ is the whole site: copy it to any static web server, at the root or under any path."
  note "The server must send .wasm as application/wasm. Nothing else is needed: no backend."
  note "Where it can send a header, let it be Content-Security-Policy: frame-ancestors 'none', so that no other page"
  note "frames Misam; the rest of the policy is in the page. GitHub Pages sends no headers of one's own;"
  note "there, publish the folder as it is, under any path: the page works, but others may frame it."
  note "To look at it here: ./dev serve"
}
