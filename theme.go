// Package faultbook holds the default theme: templates, interface words, style,
// script and icons. The program is in cmd/faultbook.
package faultbook

import "embed"

// Theme is the default theme: the folders templates and static. A site's own
// theme folder is laid over it file by file.
//
//go:embed templates static
var Theme embed.FS
