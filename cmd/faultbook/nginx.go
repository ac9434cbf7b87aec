package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"faultbook/internal/build"
)

// writeNginx writes what nginx needs to serve the folder out into a file, if one
// is named. nginx reads it only when it is told to, so a change is told.
func (w *world) writeNginx(e *build.Edition, file, out string) error {
	if file == "" {
		return nil
	}
	dir, err := filepath.Abs(out)
	if err != nil {
		return fmt.Errorf("find the folder %s: %w", out, err)
	}
	if strings.ContainsAny(dir, "$\n\r") {
		return fmt.Errorf("nginx cannot serve %q: it takes $ for a variable; choose another folder with -out", dir)
	}
	text := e.Nginx(filepath.ToSlash(dir))
	if old, err := os.ReadFile(file); err == nil && bytes.Equal(old, text) {
		return nil
	}
	if err := writeFile(file, text); err != nil {
		return fmt.Errorf("write the file for nginx: %w", err)
	}
	fmt.Fprintf(w.stderr, "note: %s changed; nginx reads it after nginx -s reload\n", file)
	return nil
}
