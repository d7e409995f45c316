package main

import (
	"fmt"
	"os"
	"runtime/debug"
)

type versionCommand struct{}

// Run says which debrief this is.
func (versionCommand) Run(s *shell) error {
	fmt.Fprintln(s.out, "debrief", build())
	return nil
}

// build names what this program was built from.
func build() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	version := info.Main.Version
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			version += " " + setting.Value
		}
	}
	return version
}

// program names this very binary, as cheaply as can be: builds differ that were
// made from one source.
func program() string {
	name := build()
	file, err := os.Executable()
	if err != nil {
		return name
	}
	if info, err := os.Stat(file); err == nil {
		name += fmt.Sprintf(" %d %d", info.Size(), info.ModTime().UnixMicro())
	}
	return name
}
