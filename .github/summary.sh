#!/usr/bin/env bash
# Builds the base of a pull request, then its head into the same folder, and
# writes what changed on the site as Markdown:
#
#   .github/summary.sh BASE_COMMIT FILE [ADDRESS_OF_THE_PREVIEW]
#
# Both are built at one moment and without states, so that only what people wrote
# can differ. The base is built by its own program: what a change of the program
# does to pages is seen as well.
set -euo pipefail
base=${1:?usage: summary.sh BASE_COMMIT FILE [ADDRESS]}
file=$(realpath -m "${2:?usage: summary.sh BASE_COMMIT FILE [ADDRESS]}")
top=$PWD
work=$(mktemp -d)
trap 'git worktree remove --force "$work/base" 2>/dev/null || true; rm -rf "$work"' EXIT

flags=(-out "$work/public" -snapshot "$work/snapshot.json" -now "$(date -u +%Y-%m-%dT%H:00:00Z)")
if [ -n "${3:-}" ]; then flags+=(-base "$3"); fi

git worktree add --detach "$work/base" "$base"
if ! (cd "$work/base" && ${FAULTBOOK:-go run ./cmd/faultbook} build "${flags[@]}"); then
  echo "the base cannot be built: every page of the head counts as added" >&2
fi
cd "$top"
${FAULTBOOK:-go run ./cmd/faultbook} build "${flags[@]}" -summary "$file"
