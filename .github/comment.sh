#!/usr/bin/env bash
# Posts a file as the one comment of its kind on a pull request: where an earlier
# one begins with the same line, that is changed.
#
#   .github/comment.sh OWNER/REPOSITORY NUMBER FILE
#
# Needs gh with a token that may write pull requests (GH_TOKEN).
set -euo pipefail
repository=${1:?usage: comment.sh REPOSITORY NUMBER FILE}
number=${2:?usage: comment.sh REPOSITORY NUMBER FILE}
file=${3:?usage: comment.sh REPOSITORY NUMBER FILE}

mark=$(head -n 1 "$file")
export mark
own=$(gh api --paginate "repos/$repository/issues/$number/comments" \
  --jq '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith(env.mark))) | .id' | head -n 1)
if [ -n "$own" ]; then
  gh api --silent --method PATCH "repos/$repository/issues/comments/$own" --field "body=@$file"
else
  gh api --silent --method POST "repos/$repository/issues/$number/comments" --field "body=@$file"
fi
