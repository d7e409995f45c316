package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// beingWritten ends the name of a file that is not whole yet.
const beingWritten = ".new"

// replace writes a file for nobody else to read, and puts it in the place of
// the one before when all of it is on the disk. A power cut leaves the one or the
// other, whole.
func replace(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path+beingWritten, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f)
	if err = errors.Join(write(out), out.Flush(), f.Sync(), f.Close()); err == nil {
		err = errors.Join(os.Rename(f.Name(), path), syncFolder(filepath.Dir(path)))
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// syncFolder makes a rename inside the folder survive a power cut.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
