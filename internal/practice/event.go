package practice

import "time"

// Event is one line of the append-only log written in the transaction of the
// change it tells of. It has no author: it is the source for live news, the
// search index and the measures, and none of them may know who did a thing.
//
// Events of a room count ("written", "revealed") and name neither seat nor
// answer.
type Event struct {
	Kind  string    // what happened, noun first: "failure.reported", "room.revealed"
	About string    // the id of what it happened to
	In    string    // the id of the review or team that watches for it; may be empty
	At    time.Time // the transaction's time
	Data  Args      // small facts a measure needs; never text that a person wrote
}
