//go:build unix

package bench

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"slices"
)

// Helper runs what a Lab asks of its own program in a process apart, so that
// the measuring one stays small: "corpus" writes a corpus, "floor" measures the
// floor and prints its Work as JSON. It tells whether args asked for either.
func Helper(args []string, stdout, stderr io.Writer) (asked bool, err error) {
	helpers := []string{"corpus", "floor"}
	if len(args) == 0 || !slices.Contains(helpers, args[0]) {
		return false, nil
	}
	flags := flag.NewFlagSet("bench "+args[0], flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("out", "", "the folder to write `into`")
	entries := flags.Int("entries", 10_000, "corpus: `number` of entries")
	providers := flags.Int("providers", 50, "corpus: `number` of providers")
	seed := flags.Uint64("seed", seed, "corpus: another `number`, another corpus")
	sources := flags.String("sources", "", "floor: the content `folder` to read")
	site := flags.String("site", "", "floor: the `folder` with the finished site")
	if err := flags.Parse(args[1:]); err != nil {
		return true, err
	}
	if *out == "" {
		return true, fmt.Errorf("bench %s: -out is missing", args[0])
	}
	if args[0] == "corpus" {
		return true, Corpus(*out, *entries, *providers, *seed)
	}
	work, err := Floor(*sources, *site, *out)
	if err != nil {
		return true, err
	}
	return true, json.NewEncoder(stdout).Encode(work)
}
