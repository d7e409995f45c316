package room_test

import (
	"os"
	"testing"

	"debrief/internal/debrieftest"
)

// TestMain starts one browser for the tests that need one.
func TestMain(m *testing.M) { os.Exit(debrieftest.Main(m)) }
