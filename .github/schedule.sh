#!/usr/bin/env bash
# One run of the schedule, the same in the workflow, on one's own machine and in the
# test (cmd/faultbook/schedule_test.go):
#
#   1. go on from the states of the last run, which the branch "live" keeps
#   2. fetch
#   3. keep the branch fresh: one commit, replaced each time, so that it never grows.
#      It is what [live] url shows, at no deploy
#   4. plan; only when that says so, call the build hook
#   5. look at the live site until the deploy is there, and fail when it does not come
#
# It needs git, curl and a checkout with a remote "origin" that may be pushed to, and:
#
#   FAULTBOOK   the program (default: faultbook)
#   BUILD_HOOK  the address that starts a deploy: a secret. Empty: a deploy that is due is an error
#   LIVE        the branch to keep the states on (default: live)
#   LOOKS       how often to look for the deploy (default: 40) …
#   PAUSE       … and how many seconds to wait before each look (default: 30)
#
# Exit: 0 all is well, 1 something needs the operator.
set -euo pipefail

faultbook=${FAULTBOOK:-faultbook}
live=${LIVE:-live}
snapshot=.faultbook/snapshot.json
folder=.faultbook/live

say() { printf '== %s\n' "$*"; }
# GitHub shows lines like these on the run's page; anywhere else they are text.
warn() { printf '::warning::%s\n' "$*"; }
fail() { printf '::error::%s\n' "$*"; exit 1; }

say "states of the last run"
mkdir -p .faultbook
old=$(git ls-remote origin "refs/heads/$live" | cut -f1)
if [ -n "$old" ]; then
  git fetch --quiet --depth=1 origin "$old"
  if git show "$old:state.json" > "$snapshot.carried"; then
    mv "$snapshot.carried" "$snapshot" # fetch says what it thinks of it
  else
    warn "the branch $live holds no state.json"
  fi
fi

say "fetch"
unread=0
"$faultbook" fetch || unread=$?
# Without a snapshot something else than the sources is wrong.
[ -s "$snapshot" ] || fail "fetch wrote no snapshot"

export GIT_AUTHOR_NAME=${GIT_AUTHOR_NAME:-faultbook} GIT_AUTHOR_EMAIL=${GIT_AUTHOR_EMAIL:-faultbook@localhost}
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL

say "plan"
code=0
"$faultbook" plan ${BUILD_HOOK:+-note} || code=$?
# The note that a deploy was asked for is kept before it is asked for: a deploy that
# never comes must not be asked for again and again.
say "keep the branch $live, as one commit"
"$faultbook" build -live "$folder"
rm -f .faultbook/index
tree=$(
  GIT_DIR=$(git rev-parse --absolute-git-dir) GIT_INDEX_FILE=$PWD/.faultbook/index GIT_WORK_TREE=$PWD/$folder
  export GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE # the checkout and its index are left alone
  cd "$folder"
  git add --all --force .
  git write-tree
)
commit=$(git commit-tree "$tree" -m "states of $(date -u +%Y-%m-%dT%H:%MZ)")
# What another run has pushed meanwhile is not overwritten.
git push --quiet --force-with-lease="refs/heads/$live:$old" origin "$commit:refs/heads/$live"

# finish ends a run in which everything else went well.
finish() {
  [ "$unread" = 0 ] || fail "not one source could be read"
  exit 0
}

case $code in
  0) ;;
  3) finish ;;
  4) warn "something changed, and the budget does not allow a deploy now; the plan above says when it will"
     finish ;;
  *) fail "plan could not decide; nothing was deployed" ;;
esac

say "deploy"
[ -n "${BUILD_HOOK:-}" ] || fail "a deploy is due, and BUILD_HOOK is empty: set the secret, or switch this schedule off"
# The address is a secret, so it is no argument, which others could see.
printf 'url = "%s"\n' "$BUILD_HOOK" |
  curl --silent --show-error --fail --request POST --data '' --max-time 60 --output /dev/null --config - ||
  fail "the build hook refused"

say "look for it"
for _ in $(seq "${LOOKS:-40}"); do
  sleep "${PAUSE:-30}"
  if "$faultbook" plan -came 2> .faultbook/came; then
    finish
  fi
done
cat .faultbook/came
fail "the deploy did not come; look at the host's log of it"
