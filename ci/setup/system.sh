# System packages: installed where that is allowed, asked for where it is not.
# shellcheck shell=bash

# The prefix that makes a command run as root: nothing for root, sudo where it asks no password. Fails otherwise.
as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

can_be_root() { as_root true 2>/dev/null; }

# Installs packages with apt, or says which command an administrator must run.
#   install_packages "what they are for" package…
install_packages() {
  local purpose=$1
  shift
  local way="As an administrator, run: apt-get update && apt-get install --no-install-recommends $*"
  command -v apt-get >/dev/null ||
    fail "$purpose is missing, and this system has no apt-get to install it with." \
      "Install it with the system's own package manager (Debian calls the packages: $*), then run ./dev again."
  can_be_root || fail "$purpose is missing, and only an administrator can install it." "$way" "Then run ./dev again."
  refresh_package_index
  quietly "installing $*" "$way" \
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

# Whether apt knows a package in a version that can be installed.
package_exists() { [[ -n $(apt-cache madison "$1" 2>/dev/null) ]]; }

# Fetches the package index, once a run.
refresh_package_index() {
  [[ -z ${PACKAGE_INDEX_FRESH:-} ]] || return 0
  quietly "fetching the list of system packages" "Check the network and /etc/apt/sources.list." as_root apt-get update -qq
  PACKAGE_INDEX_FRESH=1
}
