// Command real checks Debrief on a folder of reviews and procedures that other
// people wrote, and says for each file what was read and what was left. The
// folder is no part of the repository; it ends with 1 if anything is wrong.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./test/real FOLDER")
		os.Exit(2)
	}
	wrong := 0
	for _, check := range []struct {
		name string
		run  func(folder string) (wrong int, err error)
	}{
		{"procedures", procedures},
		{"reviews", reviews},
		{"import, twice", imports},
	} {
		fmt.Printf("\n%s\n", check.name)
		n, err := check.run(os.Args[1])
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", check.name, err)
			os.Exit(3)
		}
		wrong += n
	}
	if wrong > 0 {
		fmt.Printf("\n%d wrong\n", wrong)
		os.Exit(1)
	}
	fmt.Println("\nall well")
}
