package main

import (
	"fmt"
	"runtime/debug"
)

type versionCommand struct{}

// Run says which debrief this is.
func (versionCommand) Run(s *shell) error {
	version := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				version += " " + setting.Value
			}
		}
	}
	fmt.Fprintln(s.out, "debrief", version)
	return nil
}
