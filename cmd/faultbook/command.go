package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"strings"

	"faultbook/internal/diag"
)

// command is one word after `faultbook`.
type command struct {
	name    string
	summary string // one line for help
	example string // can be pasted
	run     func(*world, []string) error
}

// commands are all commands, in the order in which help shows them.
func commands() []command {
	return []command{
		{"fetch", "ask the providers' status pages and write the snapshot", "faultbook fetch", fetchCommand},
		{"build", "make the site of content, theme and snapshot", "faultbook build -out public", buildCommand},
		{"preview", "serve the site here and follow every change", "faultbook preview", previewCommand},
		{"check", "find everything that is wrong in the content", "faultbook check", checkCommand},
		{"explain", "say why there is a rule, with examples", "faultbook explain kind", explainCommand},
		{"match", "find the page of an error text", "some-program 2>&1 | faultbook match", matchCommand},
		{"new", "begin an entry, or a provider: what is open says TODO", "faultbook new openai/some-code", newCommand},
		{"fmt", "write all front matter in its one order and form", "faultbook fmt", fmtCommand},
		{"source", "tell what kind of status page stands at an address", "faultbook source https://status.openai.com", sourceCommand},
		{"plan", "decide whether the site is worth publishing now", "faultbook plan && curl -X POST $BUILD_HOOK", planCommand},
		{"schema", "print the JSON Schema of front matter", "faultbook schema -provider", schemaCommand},
		{"version", "say which version this is", "faultbook version", versionCommand},
		{"help", "show this, or the flags of a command", "faultbook help build", helpCommand},
	}
}

// The two ways for a command to end badly beside an error of the world:
// errFindings when the content is wrong and has been told, usage when the
// command line is.
var errFindings = errors.New("the content has errors")

type usageError struct{ message, hint string }

func (e usageError) Error() string { return e.message }

// exitCode is an end that is neither good nor bad, and has been told.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit %d", int(c)) }

// run runs one command line and gives the exit code.
func run(w *world, args []string) int {
	if len(args) == 0 {
		help(w.stderr)
		return 2
	}
	err := dispatch(w, args[0], args[1:])
	var usage usageError
	var code exitCode
	switch {
	case err == nil:
		return 0
	case errors.Is(err, flag.ErrHelp):
		return 0
	case errors.As(err, &usage):
		fmt.Fprintf(w.stderr, "faultbook: %s\n", usage.message)
		if usage.hint != "" {
			fmt.Fprintf(w.stderr, "  hint: %s\n", usage.hint)
		}
		return 2
	case errors.As(err, &code):
		return int(code)
	case errors.Is(err, errFindings):
		return 1
	case errors.Is(err, errNoMatch):
		fmt.Fprintln(w.stderr, "not in the book")
		return 1
	}
	fmt.Fprintf(w.stderr, "faultbook: %v\n", err)
	return 1
}

func dispatch(w *world, name string, args []string) error {
	switch {
	case isHelp(name):
		name = "help"
	case name == "-version" || name == "--version":
		name = "version"
	}
	var names []string
	for _, c := range commands() {
		if c.name == name {
			return c.run(w, args)
		}
		names = append(names, c.name)
	}
	e := usageError{message: fmt.Sprintf("unknown command %q", name), hint: "faultbook help shows all commands"}
	if near, ok := diag.Nearest(name, names); ok {
		e.hint = fmt.Sprintf("did you mean %q?", "faultbook "+near)
	}
	return e
}

// flags are the flags of one command.
type flags struct {
	*flag.FlagSet
	w     *world
	about string
}

func newFlags(w *world, name, about string) *flags {
	f := &flags{flag.NewFlagSet(name, flag.ContinueOnError), w, about}
	f.SetOutput(io.Discard)
	f.Usage = func() {}
	return f
}

var undefined = regexp.MustCompile(`^flag provided but not defined: -(.+)$`)

// parse reads the command line, which may hold flags only.
func (f *flags) parse(args []string) error {
	if err := f.parseFlags(args); err != nil {
		return err
	}
	if f.NArg() > 0 {
		return usageError{fmt.Sprintf("%s takes no argument, got %q", f.Name(), f.Arg(0)), "faultbook help " + f.Name() + " shows its flags"}
	}
	return nil
}

// parseOne reads a command line that holds one argument beside its flags, in
// any order.
func (f *flags) parseOne(args []string, what, example string) (string, error) {
	found, err := f.parseWords(args)
	if err != nil {
		return "", err
	}
	switch len(found) {
	case 0:
		return "", usageError{fmt.Sprintf("%s wants %s", f.Name(), what), "write it as " + example}
	case 1:
		return found[0], nil
	}
	return "", usageError{fmt.Sprintf("%s takes one argument, got %q too", f.Name(), found[1]), "write it as " + example}
}

// parseWords reads a command line that holds arguments beside its flags, in any
// order.
func (f *flags) parseWords(args []string) ([]string, error) {
	var found []string
	for {
		if err := f.parseFlags(args); err != nil {
			return nil, err
		}
		if f.NArg() == 0 {
			return found, nil
		}
		found, args = append(found, f.Arg(0)), f.Args()[1:]
	}
}

func (f *flags) parseFlags(args []string) error {
	err := f.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		f.show(f.w.stdout)
		return flag.ErrHelp
	case err != nil:
		return f.explain(err)
	}
	return nil
}

func (f *flags) explain(err error) error {
	m := undefined.FindStringSubmatch(err.Error())
	if m == nil {
		return usageError{f.Name() + ": " + err.Error(), "faultbook help " + f.Name() + " shows its flags"}
	}
	var names []string
	f.VisitAll(func(d *flag.Flag) { names = append(names, d.Name) })
	e := usageError{fmt.Sprintf("%s has no flag -%s", f.Name(), m[1]), "faultbook help " + f.Name() + " shows its flags"}
	if near, ok := diag.Nearest(m[1], names); ok {
		e.hint = fmt.Sprintf("did you mean -%s?", near)
	}
	return e
}

// show prints the flags of a command.
func (f *flags) show(out io.Writer) {
	fmt.Fprintf(out, "faultbook %s: %s\n", f.Name(), f.about)
	f.VisitAll(func(d *flag.Flag) {
		value, usage := flag.UnquoteUsage(d)
		line := strings.TrimSpace("-" + d.Name + " " + value)
		if d.DefValue != "" && d.DefValue != "false" {
			usage += " (default " + d.DefValue + ")"
		}
		fmt.Fprintf(out, "  %-22s %s\n", line, usage)
	})
}
