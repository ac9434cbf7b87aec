package main

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"faultbook/internal/book"
	"faultbook/internal/diag"
	"faultbook/internal/scaffold"
)

func fmtCommand(w *world, args []string) error {
	f := newFlags(w, "fmt", "write the front matter of all files, or of those named, in its one order and form")
	content := f.String("content", "content", "`DIR` of the content")
	check := f.Bool("check", false, "change nothing; name the files that would change, and exit with 1 if there are any")
	files, err := f.parseWords(args)
	if err != nil {
		return err
	}
	tree, err := openContent(*content)
	if err != nil {
		return err
	}
	names, err := namesIn(tree, *content, files)
	if err != nil {
		return err
	}
	return w.format(tree, *content, names, *check)
}

// namesIn are the names inside the content of the files that a person named, or
// of all. A file may be named as a shell completes it, or as the tree has it.
func namesIn(tree fs.FS, dir string, files []string) ([]string, error) {
	all, err := book.Files(tree)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(name string) bool { return book.FormOf(name) == book.SiteForm })
	if len(files) == 0 {
		return all, nil
	}
	var names []string
	for _, file := range files {
		name := filepath.ToSlash(filepath.Clean(file))
		if below, err := filepath.Rel(dir, file); err == nil && filepath.IsLocal(below) {
			name = filepath.ToSlash(below)
		}
		if !slices.Contains(all, name) {
			return nil, fmt.Errorf("%s is no entry or provider of %s%s", file, dir, didYouMean(name, all))
		}
		names = append(names, name)
	}
	return names, nil
}

// didYouMean is a hint below an error, where one word is near.
func didYouMean(word string, among []string) string {
	if near, ok := diag.Nearest(word, among); ok {
		return fmt.Sprintf("\n  hint: did you mean %q?", near)
	}
	return ""
}

// format puts files in order, or only tells which are not.
func (w *world) format(tree fs.FS, dir string, names []string, check bool) error {
	var findings []diag.Finding
	differ := false
	for _, name := range names {
		changed, wrong, err := formatFile(tree, dir, name, check)
		if err != nil {
			return err
		}
		findings = append(findings, wrong...)
		if changed {
			fmt.Fprintln(w.stdout, located([]diag.Finding{{Place: diag.Place{File: name}}}, dir)[0].File)
		}
		differ = differ || changed
	}
	if err := diag.Text(w.stderr, located(findings, dir)); err != nil {
		return err
	}
	if len(findings) > 0 || differ && check {
		return errFindings
	}
	return nil
}

// formatFile puts one file in order and says whether it was not. Findings tell
// why it was left alone.
func formatFile(tree fs.FS, dir, name string, check bool) (bool, []diag.Finding, error) {
	was, err := fs.ReadFile(tree, name)
	if err != nil {
		return false, nil, fmt.Errorf("read: %w", err)
	}
	text, findings := scaffold.Format(name, was)
	if len(findings) > 0 || text == string(was) {
		return false, findings, nil
	}
	if check {
		return true, nil, nil
	}
	return true, nil, replaceFile(filepath.Join(dir, filepath.FromSlash(name)), text)
}
