package main

import (
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	form "github.com/BurntSushi/toml" // toml is a word of our own here
)

// TestNetlify reads netlify.toml as the host does: nothing in it is unknown, it
// publishes what build writes, with a Go that can build us, by a command that
// knows our flags, and leaves headers and redirects to the site's own files,
// which the host reads first.
func TestNetlify(t *testing.T) {
	var host struct {
		Build struct {
			Command, Publish string
			Environment      map[string]string
			Processing       struct {
				SkipProcessing bool `toml:"skip_processing"`
			}
		}
	}
	known, err := form.DecodeFile("../../netlify.toml", &host)
	if err != nil {
		t.Fatal(err)
	}
	if unknown := known.Undecoded(); len(unknown) > 0 {
		t.Errorf("this test does not know %v", unknown)
	}
	if host.Build.Publish != defaultOut {
		t.Errorf("publishes %q, want %q", host.Build.Publish, defaultOut)
	}
	if !host.Build.Processing.SkipProcessing {
		t.Error("the host may change pages, whose style and script are allowed by their hashes")
	}
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	wanted := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(mod)
	if got := host.Build.Environment["GO_VERSION"]; wanted == nil || !strings.HasPrefix(got, string(wanted[1])+".") {
		t.Errorf("GO_VERSION %q, want one of %q as in go.mod", got, wanted[1])
	}
	commandsOf(t, host.Build.Command)
}

// commandsOf holds that a shell can read a command, and that the program knows
// what it is asked to do there.
func commandsOf(t *testing.T, command string) {
	t.Helper()
	if shell, err := exec.LookPath("bash"); err == nil {
		check := exec.CommandContext(t.Context(), shell, "-n", "-c", command)
		if told, err := check.CombinedOutput(); err != nil {
			t.Errorf("bash cannot read the command: %s", told)
		}
	}
	calls := regexp.MustCompile(`bin/faultbook ((?:[a-z]+)(?: -[a-z]+(?:[ =][^-\s;|&}]\S*)?)*)`).FindAllStringSubmatch(command, -1)
	if len(calls) == 0 {
		t.Fatalf("the command runs no faultbook: %s", command)
	}
	for _, call := range calls {
		w := &world{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard}
		if code := run(w, append(strings.Fields(call[1]), "-help")); code != 0 {
			t.Errorf("faultbook %s -help ended with %d", call[1], code)
		}
	}
}
