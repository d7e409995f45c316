package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"syscall"

	"github.com/alecthomas/kong"

	"debrief/internal/store"
	"debrief/internal/words"
)

// misused says what was wrong with the arguments, and whose help shows how.
func (s *shell) misused(err error) int {
	s.note("cli.wrong.usage")
	fmt.Fprintln(s.err, words.Sentence(err.Error()))
	command := "debrief"
	var parse *kong.ParseError
	if errors.As(err, &parse) && parse.Context.Selected() != nil {
		command = parse.Context.Selected().FullPath()
	}
	s.note("cli.wrong.help", "command", command)
	return exitUsage
}

// wrong says what the system refused, in words where we know what to do about
// it, and else in its own.
func (s *shell) wrong(err error) int {
	var file *fs.PathError
	var place *net.OpError
	var address *net.AddrError
	switch {
	case errors.As(err, &address):
		s.note("cli.wrong.address", "address", shown(address.Addr))
		return exitUsage
	case errors.As(err, &place) && place.Op == "listen" && errors.Is(err, syscall.EADDRINUSE):
		s.note("cli.wrong.taken", "address", place.Addr.String())
	case store.IsDamage(err):
		s.note("cli.wrong.database")
	case errors.As(err, &file) && errors.Is(err, syscall.EISDIR):
		s.note("cli.wrong.folder", "file", shown(file.Path))
	case errors.As(err, &file) && errors.Is(err, syscall.ENOTDIR):
		s.note("cli.wrong.file", "file", shown(file.Path))
	case errors.As(err, &file) && errors.Is(err, fs.ErrPermission):
		s.note("cli.wrong.rights", "file", shown(file.Path))
	default:
		fmt.Fprintln(s.err, err)
	}
	return exitReach
}

// cannotRead says that a file could not be read, and why if that is plain.
func (s *shell) cannotRead(file string) error {
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		s.note("cli.wrong.folder", "file", shown(file))
	} else {
		s.note("cli.wrong.read", "file", shown(file))
	}
	return said(exitReach)
}
