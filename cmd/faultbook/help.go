package main

import (
	"fmt"
	"io"
	"slices"
)

func helpCommand(w *world, args []string) error {
	switch {
	case len(args) > 1:
		return usageError{fmt.Sprintf("help takes one command, got %q too", args[1]), "faultbook help shows all commands"}
	case len(args) == 0 || isHelp(args[0]):
		help(w.stdout)
		return nil
	}
	return dispatch(w, args[0], []string{"-help"})
}

// isHelp tells whether a word asks for help, as the first word of a command line
// or after help itself.
func isHelp(word string) bool {
	return slices.Contains([]string{"help", "-h", "-help", "--help"}, word)
}

func help(out io.Writer) {
	fmt.Fprint(out, "faultbook: one page for each API error, with the provider's state beside it\n\n")
	for _, c := range commands() {
		fmt.Fprintf(out, "  %-9s %-56s %s\n", c.name, c.summary, c.example)
	}
	fmt.Fprint(out, `
Flags that mean the same everywhere: -content DIR, -theme DIR, -snapshot FILE,
-out DIR, -base URL, -now TIME, -format text|json|github. faultbook help COMMAND
shows those of a command. Exit: 0 fine, 1 something is wrong, 2 the command line is.
`)
}
