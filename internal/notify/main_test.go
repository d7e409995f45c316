package notify

import (
	"os"
	"testing"

	"debrief/internal/debrieftest"
)

func TestMain(m *testing.M) { os.Exit(debrieftest.Main(m)) }
