#!/bin/bash
# Makes an installation of Arrow's C++ libraries, as pkg-config finds one, of those that pyarrow's
# wheel brings: symbolic links and .pc files only. Fit for building and testing the trait LibArrow where
# the system has no libarrow-dev.
#
# usage: arrow-sdk.sh PYTHON PREFIX      PYTHON has pyarrow; run it anew after pyarrow changes
set -euo pipefail

[ $# -eq 2 ] || { echo "usage: $0 PYTHON PREFIX" >&2; exit 2; }
python=$1
prefix=$2
wheel=$("$python" -c 'import os, pyarrow; print(os.path.dirname(pyarrow.__file__))')
version=$("$python" -c 'import pyarrow; print(pyarrow.__version__)')

mkdir -p "$prefix/lib/pkgconfig"
prefix=$(cd "$prefix" && pwd)
ln -sfn "$wheel/include" "$prefix/include"
for library in "$wheel"/libarrow*.so.* "$wheel"/libparquet*.so.*; do
  name=$(basename "$library")
  case $name in *_python*) continue ;; esac
  ln -sf "$library" "$prefix/lib/$name"
  ln -sf "$name" "$prefix/lib/${name%%.so*}.so"
done

# pc NAME LIBRARIES REQUIRES: describes one library.
pc() {
  cat >"$prefix/lib/pkgconfig/$1.pc" <<END
prefix=$prefix
Name: $1
Description: $1 of pyarrow's wheel
Version: $version
Requires: $3
Libs: -L$prefix/lib $2
Cflags: -I$prefix/include
END
}

# Since version 26 parts of the library stand in one of their own.
s3=
[ ! -e "$prefix/lib/libarrow_s3.so" ] || s3=-larrow_s3
pc arrow "-larrow $s3" ''
pc parquet -lparquet arrow
echo "Arrow $version as $prefix"
