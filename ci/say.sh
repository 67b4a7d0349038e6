# What the scripts say, and how they stop.
# shellcheck shell=bash

if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
  BOLD=$'\e[1m' DIM=$'\e[2m' RED=$'\e[31m' GREEN=$'\e[32m' PLAIN=$'\e[0m'
else
  BOLD='' DIM='' RED='' GREEN='' PLAIN=''
fi

# A new piece of work begins.
say() { printf '%s==>%s %s\n' "$BOLD" "$PLAIN" "$*"; }

# A detail of the work going on.
note() { printf '    %s%s%s\n' "$DIM" "$*" "$PLAIN"; }

# Stops with what went wrong (first argument) and, a line each, the ways out.
fail() {
  printf '%serror:%s %s\n' "$RED" "$PLAIN" "$1" >&2
  shift
  local way
  for way in "$@"; do printf '       %s\n' "$way" >&2; done
  exit 1
}

# Runs a command with its output kept in a log; shows the end of the log and stops when the command fails.
#   quietly "what is being done" "way out" command…
quietly() {
  local what=$1 way=$2 log
  shift 2
  mkdir -p "$TOOLS/log"
  log="$TOOLS/log/$(tr -cs 'A-Za-z0-9' '-' <<<"$what" | cut -c1-60).log"
  note "$what …"
  local began=$SECONDS
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 25 "$log" >&2
    fail "this failed: $what" "$way" "The whole output is in $log."
  fi
  note "$what: done in $((SECONDS - began)) s"
}
