#!/bin/bash
# Checks what the compiler doesn't. Every finding is `file:line: what is wrong; how to mend it`.
set -uo pipefail
cd "$(dirname "$0")/.."

findings=$(mktemp)
trap 'rm -f "$findings"' EXIT

mapfile -t sources < <(
  find Sources Tests Examples Benchmarks Fuzz Package.swift \
    -name .build -prune -o -name '*.swift' -print 2>/dev/null | sort)
folders=(Sources Tests Examples Fuzz Package.swift)
[ -d Benchmarks ] && folders+=(Benchmarks)

# Format and style, by the rules in .swift-format.
check_format() {
  swift format lint --strict --parallel --recursive "${folders[@]}" 2>&1 \
    | sed -E "s|^$PWD/||; /(warning|error): \[/s|\$|; mend it with \`make format\`, or by hand where that leaves it|"
}

# No file of code is longer than 800 lines, in whatever language.
check_length() {
  local file lines
  git ls-files --cached --others --exclude-standard '*.swift' '*.py' '*.sh' '*.[ch]' '*.cpp' | while read -r file; do
    [ -f "$file" ] || continue
    lines=$(wc -l <"$file")
    [ "$lines" -le 800 ] || echo "$file:801: file has $lines lines, more than 800;" \
      "split it into one idea per file (Type.swift, Type+Feature.swift, module.py)"
  done
}

# No comment is wider than 100 columns, which the formatter looks at in code only.
check_comment_width() {
  grep -L 'swift-format-ignore-file' "${sources[@]}" \
    | LC_ALL=C.UTF-8 xargs grep -nHE '^ *//.{99,}$' | LC_ALL=C.UTF-8 grep -E '^[^:]+:[0-9]+:.{101,}$' \
    | grep -vE '[a-z]://' \
    | sed -E 's/^([^:]+:[0-9]+):.*/\1: comment wider than 100 columns; wrap it/'
}

# A module under Sources imports only modules below it.
check_layers() {
  awk '
    BEGIN {
      split("ColumnarCore ColumnarIO Columnar Pipelines ColumnarTesting", order, " ")
      for (i in order) rank[order[i]] = i
    }
    FNR == 1 { split(FILENAME, part, "/"); module = part[2] }
    match($0, /^[ \t]*((@[A-Za-z_]+(\([^)]*\))?|public|package|internal|fileprivate|private)[ \t]+)*import[ \t]+/) {
      name = substr($0, RSTART + RLENGTH)
      sub(/^(struct|class|enum|protocol|typealias|func|let|var)[ \t]+/, "", name)
      sub(/[^A-Za-z0-9_].*/, "", name)
      if ((module in rank) && (name in rank) && rank[name] + 0 >= rank[module] + 0)
        printf "%s:%d: %s imports %s, which stands above it; move the code up, or pass in a closure\n",
          FILENAME, FNR, module, name
      if (module ~ /^Columnar(Core|IO)$/ && name ~ /^Foundation/)
        printf "%s:%d: %s imports %s; use Glibc and the standard library there\n",
          FILENAME, FNR, module, name
    }' $(printf '%s\n' "${sources[@]}" | grep '^Sources/')
}

# No package of somebody else is used: `.package(` only with a path.
check_dependencies() {
  local manifest
  while IFS= read -r manifest; do
    awk '
      { line = $0; sub(/^[ \t]*\/\/.*/, "", line) }
      line ~ /\.package[ \t]*\(/ { start = FNR; text = ""; open = 1 }
      open { text = text line }
      open && line ~ /\)/ {
        if (text !~ /path[ \t]*:/ || text ~ /url[ \t]*:/)
          printf "%s:%d: a package from elsewhere; this project uses none, only system libraries\n",
            FILENAME, start
        open = 0
      }' "$manifest"
  done < <(find . -name .build -prune -o -name '.build-*' -prune -o -name 'Package*.swift' -print \
    | sed 's|^\./||')
}

# Every `@unchecked Sendable` says in a comment, on its line or the one before (lines of attributes
# don't count), why it holds.
check_unchecked_sendable() {
  awk '
    FNR == 1 { previous = "" }
    /@unchecked[ \t]+Sendable/ && !/^[ \t]*\/\// && !/\/\// && previous !~ /^[ \t]*\/\// {
      printf "%s:%d: `@unchecked Sendable` without its reason; say in a comment on this line or the one before why it is safe\n",
        FILENAME, FNR
    }
    !/^[ \t]*(@[A-Za-z]+(\([^)]*\))?[ \t]*)+$/ { previous = $0 }' "${sources[@]}"
}

for check in check_format check_length check_comment_width check_layers check_dependencies \
  check_unchecked_sendable; do
  "$check" >>"$findings"
done

if [ -s "$findings" ]; then
  cat "$findings"
  echo "lint: $(grep -cE '^[^ ]+:[0-9]+:' "$findings") finding(s)" >&2
  exit 1
fi
echo "lint: ${#sources[@]} files, nothing found"
