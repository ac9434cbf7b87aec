package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestKeepAlive holds that a schedule which GitHub is about to switch off is enabled
// again, and that this is said.
func TestKeepAlive(t *testing.T) {
	script, err := filepath.Abs("../../.github/keepalive.sh")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, now, refuses string
		says               string
		asked, fails       bool
	}{
		{"a commit of yesterday", "1800086401", "0", "the newest commit is 1 days old", false, false},
		{"39 days", "1803455999", "0", "the newest commit is 39 days old", false, false},
		{"40 days", "1803456000", "0", "::warning::no commit for 40 days; schedule.yml was enabled again", true, false},
		{"GitHub refuses", "1803456000", "1", "::error::no commit for 40 days, and GitHub refused", true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			calls := filepath.Join(dir, "calls")
			gh := "#!/bin/sh\necho \"$@\" >> '" + calls + "'\nexit " + c.refuses + "\n"
			if err := os.WriteFile(filepath.Join(dir, "gh"), []byte(gh), 0o755); err != nil {
				t.Fatal(err)
			}
			run := func(name string, args ...string) (string, error) {
				command := exec.CommandContext(t.Context(), name, args...)
				command.Dir = dir
				command.Env = append(os.Environ(), "PATH="+dir+string(os.PathListSeparator)+os.Getenv("PATH"), "NOW="+c.now, "GITHUB_REPOSITORY=o/r",
					"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_COMMITTER_DATE=1800000000 +0000", "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b")
				out, err := command.CombinedOutput()
				return string(out), err
			}
			for _, args := range [][]string{{"init", "--quiet"}, {"commit", "--quiet", "--allow-empty", "--message=x"}} {
				if out, err := run("git", args...); err != nil {
					t.Fatalf("git: %v\n%s", err, out)
				}
			}
			out, err := run("bash", script, "schedule.yml")
			if (err != nil) != c.fails || !strings.Contains(out, c.says) {
				t.Errorf("it ended with %v and said %q, want %q", err, out, c.says)
			}
			asked, _ := os.ReadFile(calls)
			if got := string(asked) == "api --silent --method PUT repos/o/r/actions/workflows/schedule.yml/enable\n"; got != c.asked {
				t.Errorf("GitHub was asked %q", asked)
			}
		})
	}
}

// TestWorkflow holds that the workflow runs the scripts that are tested.
func TestWorkflow(t *testing.T) {
	text, err := os.ReadFile("../../.github/workflows/schedule.yml")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"run: .github/schedule.sh\n", "run: .github/keepalive.sh schedule.yml\n"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the workflow lacks %q", want)
		}
	}
	for _, script := range []string{"schedule.sh", "keepalive.sh", "release.sh"} {
		if info, err := os.Stat("../../.github/" + script); err != nil || info.Mode()&0o111 == 0 {
			t.Errorf("%s cannot be run: %v", script, err)
		}
	}
}
