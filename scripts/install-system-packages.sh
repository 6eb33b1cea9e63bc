#!/bin/bash
# Installs the system packages that a build needs and this machine lacks, with apt-get (Debian,
# Ubuntu); says which and why. Prints nothing when nothing is missing.
#
# A new system library is one more `need` line below.
set -euo pipefail

[ "$(uname -s)" = Linux ] || exit 0  # elsewhere these come with the toolchain

missing=()

# need PACKAGE "WHY" TEST...: PACKAGE is missing when the command TEST fails.
need() {
  local package=$1 why=$2
  shift 2
  if ! "$@" >/dev/null 2>&1; then
    missing+=("$package")
    echo "missing: $package ($why)"
  fi
}

# Whether a C program that includes header $1 compiles. Swift uses the same headers.
has_header() {
  local compiler
  compiler=$(command -v clang || command -v cc) || return 1
  echo "#include <$1>" | "$compiler" -x c -fsyntax-only -
}

need libc6-dev "the C library's headers, which Swift's Glibc module is made of" has_header stdlib.h
need pkg-config "the Swift package manager finds system libraries with it" command -v pkg-config
need zlib1g-dev "gzip-compressed files; libz and zlib.h" has_header zlib.h
need libsnappy-dev "Parquet files packed with Snappy; libsnappy and snappy-c.h" has_header snappy-c.h
need libzstd-dev "Parquet files packed with Zstandard; libzstd and zstd.h" has_header zstd.h
need liblz4-dev "Parquet files packed with LZ4; liblz4 and lz4.h" has_header lz4.h
need libbrotli-dev "Parquet files packed with Brotli; libbrotlidec and brotli/decode.h" has_header brotli/decode.h

[ ${#missing[@]} -gt 0 ] || exit 0

install="apt-get install -y --no-install-recommends ${missing[*]}"
if ! command -v apt-get >/dev/null; then
  echo "error: this machine has no apt-get; install what these Debian packages hold, then try" >&2
  echo "again: ${missing[*]}" >&2
  exit 1
fi
root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "error: not root and no sudo here; run as root: $install" >&2
    exit 1
  fi
  root=(sudo)
fi

echo "installing with: ${root[*]:+${root[*]} }$install"
"${root[@]}" apt-get update -qq
# shellcheck disable=SC2086  # the command is a list of words
"${root[@]}" env DEBIAN_FRONTEND=noninteractive $install
