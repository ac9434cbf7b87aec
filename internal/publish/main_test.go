package publish_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"faultbook/internal/publish"
)

// kills is how often TestKill kills a build. The bar of the project is 200:
//
//	go test ./internal/publish -run TestKill -kills 200
var kills = flag.Int("kills", 40, "how often TestKill kills a build")

// The test program runs itself again as a build in a process of its own, for
// tests that kill it or take away its disk. This variable names the part.
const roleVariable = "PUBLISH_TEST_ROLE"

type roles map[string]func(cfg publish.Config, args []string) error

func TestMain(m *testing.M) {
	role := os.Getenv(roleVariable)
	if role == "" {
		os.Exit(m.Run())
	}
	play := systemRoles[role]
	if role == "generations" {
		play = playGenerations
	}
	cfg := publish.Config{Dir: os.Args[1], State: os.Args[2]}
	if err := play(cfg, os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child returns the command that plays a role for a folder.
func child(tb testing.TB, role string, cfg publish.Config, args ...string) *exec.Cmd {
	tb.Helper()
	self, err := os.Executable()
	must(tb, err)
	cmd := exec.CommandContext(tb.Context(), self, append([]string{cfg.Dir, cfg.State}, args...)...)
	cmd.Env = append(os.Environ(), roleVariable+"="+role)
	return cmd
}

// playGenerations publishes one generation after the other for as long as it
// lives. It says "ready" at first, "moving" when it has handed over the last
// file of an edition, and "done N" after each.
func playGenerations(cfg publish.Config, args []string) error {
	g, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	fmt.Println("ready")
	for ; ; g++ {
		edition := generation(g)
		saying := atFile(edition.files(), len(edition), func() { fmt.Println("moving") })
		if _, err := publish.Dir(cfg, saying); err != nil {
			return fmt.Errorf("generation %d: %w", g, err)
		}
		fmt.Println("done", g)
	}
}
