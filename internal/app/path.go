package app

import (
	"strconv"

	"debrief/internal/practice"
)

// failurePath is where a failure's page stands.
func failurePath(f practice.Failure) string { return "/f/" + strconv.Itoa(f.Number) }

// roomPath is the door to a failure's room.
func roomPath(f practice.Failure) string { return failurePath(f) + "/room" }

// procedurePath is where a procedure's page stands.
func procedurePath(p practice.Procedure) string { return "/p/" + p.Slug }
