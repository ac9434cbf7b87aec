#!/usr/bin/env bash
# Keeps one issue about the pages outside the site: opens it, writes the newest
# report into it, and closes it when all is well. For the workflow links.yml.
#
#   .github/links.sh REPORT TOLD
#
# REPORT is the standard output of `faultbook check -links`, TOLD its standard error.
set -euo pipefail

report=$1 told=$2
label=links-report
title="Pages outside the site need somebody to look"
most=60000 # bytes; GitHub takes 65536 characters

number=$(gh issue list --label "$label" --state open --limit 1 --json number --jq '.[0].number // empty')

# A finding begins at the margin. Notes alone are nothing to be done.
if ! grep -qE '^[^ ].*: (error|warning): ' "$report"; then
  if [ -n "$number" ]; then
    gh issue close "$number" --comment "Nothing is wrong any more: $(tail -n 1 "$told")"
  fi
  exit 0
fi

body=$(mktemp)
trap 'rm -f "$body"' EXIT
{
  printf 'Found by `faultbook check -links`. This issue follows the weekly run and closes itself when nothing is left; notes alone do not keep it open.\n\n'
  printf '~~~text\n'
  head -c "$most" "$report"
  if [ "$(wc -c <"$report")" -gt "$most" ]; then
    printf '\n… and more; run the command to see all.\n'
  fi
  printf '~~~\n\n~~~text\n'
  tail -n 20 "$told" | head -c 4000
  printf '~~~\n'
} >"$body"

if [ -n "$number" ]; then
  gh issue edit "$number" --body-file "$body"
else
  gh label create "$label" --description "the weekly report about pages outside the site" --force
  gh issue create --title "$title" --label "$label" --body-file "$body"
fi
