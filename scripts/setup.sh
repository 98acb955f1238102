# shellcheck shell=bash
# Sourced by ./run and ./test from the project's root: installs, configures, builds, makes the demo.
# Each step says what it does; a step with nothing to do takes milliseconds. Messages go to stderr, so that
# `./run classes ... > file` holds the program's output alone.

step_total=4
say() { printf '%s\n' "$*" >&2; }
step() { say "[$1/$step_total] $2"; }
die() { say "$(basename "$0"): $*"; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "packages are missing and there is no sudo; run as root: apt-get install ${missing[*]}"
  fi
}

# missing_packages FILE...: fills the array `missing`.
missing_packages() {
  local wanted installed
  wanted=$(sed -e 's/#.*//' -e '/^\s*$/d' "$@" | tr -d ' ' | sort -u)
  # dpkg-query fails when it does not know one of them, which is the very question.
  # shellcheck disable=SC2086
  installed=$({ dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null || true; } | sed -n 's/^installed //p' | sort -u)
  mapfile -t missing < <(comm -23 <(echo "$wanted") <(echo "$installed"))
}

apt_install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; }

# install_packages FILE...
install_packages() {
  command -v dpkg-query >/dev/null || { say "    not a Debian system: make sure that what scripts/packages-*.txt lists is there"; return; }
  missing_packages "$@"
  local npm=()
  # npm only fetches the demo; an npm of the user's own is as good as Debian's.
  [ -d data/qinghai/generated ] || command -v npm >/dev/null || npm=(npm)
  if [ ${#missing[@]} = 0 ] && [ ${#npm[@]} = 0 ]; then step 1 "packages: all there"; return; fi
  step 1 "packages: installing $((${#missing[@]} + ${#npm[@]})), a few minutes on a bare machine"
  local log; log=$(mktemp)
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >"$log" 2>&1 || say "    apt-get update failed; going on with the package lists there are"
  if [ ${#missing[@]} -gt 0 ] && ! apt_install "${missing[@]}" >>"$log" 2>&1; then
    tail -n 15 "$log" >&2
    die "apt-get could not install: ${missing[*]}"
  fi
  if [ ${#npm[@]} -gt 0 ] && ! apt_install npm >>"$log" 2>&1; then
    say "    npm could not be installed: the demo will be the generated stand-in province"
  fi
  rm -f "$log"
}

# build_program PRESET [CMAKE_ARG...]: configures when needed, builds in build/DIR.
build_program() {
  local preset=$1 dir=build/${1/#ci/release}; shift
  if [ ! -f "$dir/build.ninja" ] || [ $# -gt 0 ] || ! grep -qs "^$preset$" "$dir/.preset" ||
    [ CMakePresets.json -nt "$dir/.preset" ]; then
    step 2 "configuring (preset $preset)"
    cmake --preset "$preset" "$@" >"$dir.log" 2>&1 || { mkdir -p build; cmake --preset "$preset" "$@" >&2; die "configuring failed"; }
    echo "$preset" >"$dir/.preset"
  else
    step 2 "configured"
  fi
  step 3 "building"
  if [ -t 2 ]; then ninja -C "$dir" >&2 || die "the build failed"
  else ninja -C "$dir" --quiet >&2 || die "the build failed"; fi
}

# make_demo PROGRAM
make_demo() {
  step 4 "demo province"
  "$1" demo data/qinghai >&2 || die "the demo could not be made"
}
