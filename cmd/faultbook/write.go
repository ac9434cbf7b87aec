package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// writeFile writes a file of the program's own, with its folder.
func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return writeAside(name, data, 0o644)
}

// replaceFile writes a file that is there already, and leaves its mode as it is.
func replaceFile(name, text string) error {
	info, err := os.Stat(name)
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	if err := writeAside(name, []byte(text), info.Mode().Perm()); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// writeAside writes a file aside and renames it in, so that whatever happens
// either the old or the new one is there, never half of one. What lies aside is
// hidden from a book.
func writeAside(name string, data []byte, mode fs.FileMode) error {
	aside, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	_, err = aside.Write(data)
	err = errors.Join(err, aside.Chmod(mode), aside.Close())
	if err == nil {
		err = os.Rename(aside.Name(), name)
	}
	if err != nil {
		_ = os.Remove(aside.Name())
	}
	return err
}

// createFile writes a file that is not there yet, with its folder.
func createFile(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(path) // half a file is none
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
