package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

func versionCommand(w *world, args []string) error {
	if err := newFlags(w, "version", "say which version this is").parse(args); err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "faultbook %s (%s, %s/%s)\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// stamp is the version of a release, which .github/release.sh writes in its place.
var stamp string

// version is what the build stamped into the program: a release, a tag, or the
// commit.
func version() string {
	if stamp != "" {
		return stamp
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "devel-" + s.Value[:12]
		}
	}
	return "devel"
}
