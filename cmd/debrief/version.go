package main

import (
	"fmt"
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
