package main

import (
	"bufio"
	"errors"
	"fmt"

	"faultbook/internal/scaffold"
)

// ask asks the person at the terminal for everything that no flag has said.
func (b *beginner) ask(path string) error {
	in := lines(b.world)
	fmt.Fprintf(b.stderr, "%s is new. Enter leaves a question for later.\n", path)
	for i := range b.file.Questions() {
		q := b.file.Questions()[i] // what follows from answers may have changed
		if len(b.file.Answers[q.Key]) > 0 || q.Optional {
			continue
		}
		if err := b.askOne(in, q); err != nil {
			return err
		}
	}
	fmt.Fprintln(b.stderr)
	return nil
}

// askOne asks until the answer is right, or none; of a list, until no more come.
func (b *beginner) askOne(in <-chan string, q scaffold.Question) error {
	fmt.Fprintf(b.stderr, "\n%s: %s\n", q.Flag, q.About)
	if q.Many {
		fmt.Fprintln(b.stderr, "(one a line; Enter when there are no more)")
	}
	for {
		if q.Given != "" {
			fmt.Fprintf(b.stderr, "[%s] ", q.Given)
		}
		fmt.Fprint(b.stderr, "> ")
		var text string
		select {
		case text = <-in:
		case <-b.ctx.Done():
			return errors.New("interrupted; nothing was written")
		}
		if text == "" {
			return nil
		}
		if b.takes(q, text) && !q.Many {
			return nil
		}
	}
}

// takes adds an answer, or tells what is wrong with it.
func (b *beginner) takes(q scaffold.Question, text string) bool {
	before := b.file.Answers[q.Key]
	b.file.Answers[q.Key] = append(before[:len(before):len(before)], text)
	_, wrong := b.file.Unwritten()
	if len(wrong) == 0 {
		return true
	}
	b.file.Answers[q.Key] = before
	fmt.Fprintf(b.stderr, "%s\n", wrong[0].Message)
	if wrong[0].Hint != "" {
		fmt.Fprintf(b.stderr, "  hint: %s\n", wrong[0].Hint)
	}
	return false
}

// lines are the lines that a person types; empty ones for ever after the last.
// Nothing can end the read of a terminal, so who is interrupted leaves it behind.
func lines(w *world) <-chan string {
	typed := make(chan string)
	go func() {
		scanner := bufio.NewScanner(w.stdin)
		for scanner.Scan() {
			typed <- scanner.Text()
		}
		close(typed)
	}()
	return typed
}
