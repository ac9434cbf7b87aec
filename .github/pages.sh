#!/usr/bin/env bash
# Builds the site for GitHub Pages and packs it as deploy-pages wants it:
#
#   .github/pages.sh https://owner.github.io/repository artifact.tar
#
# The archive holds hidden files too (.well-known, .nojekyll), which the usual
# action for this leaves out.
set -euo pipefail
base=${1:?usage: pages.sh BASE FILE}
file=${2:?usage: pages.sh BASE FILE}
faultbook=${FAULTBOOK:-go run ./cmd/faultbook}

# A fetch that could read nothing is loud and does not stop the build: the site
# then says "unknown", which is the truth.
$faultbook fetch || echo '::warning::no status page could be read; building with what is known'
$faultbook build -base "$base" -out public
tar --create --file "$file" --directory public --dereference --hard-dereference .
