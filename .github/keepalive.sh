#!/usr/bin/env bash
# GitHub switches a schedule off after 60 days without a commit. When the newest one
# is older than that allows for, this asks GitHub to enable the workflow again, which
# starts the 60 days anew. That is not documented, so it is said aloud every time, and
# that GitHub refuses is an error.
#
# It needs git, gh and, of GitHub, GITHUB_REPOSITORY and GH_TOKEN (actions: write).
# NOW, in seconds since 1970, is for tests.
set -euo pipefail

workflow=${1:?the file name of the workflow}
newest=$(git log -1 --format=%ct)
days=$(((${NOW:-$(date +%s)} - newest) / 86400))
if [ "$days" -lt 40 ]; then
  printf 'the newest commit is %d days old; GitHub lets a schedule run for 60\n' "$days"
  exit 0
fi
if ! gh api --silent --method PUT "repos/$GITHUB_REPOSITORY/actions/workflows/$workflow/enable"; then
  printf '::error::no commit for %d days, and GitHub refused to enable %s again: it stops after 60; push a commit\n' "$days" "$workflow"
  exit 1
fi
printf '::warning::no commit for %d days; %s was enabled again, which GitHub does not promise to count: push a commit\n' "$days" "$workflow"
