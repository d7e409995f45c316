package store

import (
	"encoding/json"
	"fmt"
	"time"
)

// at scans a column of microseconds into a time in UTC: at{&f.ReportedAt}. As
// an argument a time.Time is bound as it is. The zero time is kept as 0.
type at struct{ *time.Time }

// Scan reads the column.
func (a at) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*a.Time = time.Time{}
	case int64:
		*a.Time = moment(v)
	default:
		return fmt.Errorf("a time is kept as microseconds, not as %T", src)
	}
	return nil
}

// micro is a time as both databases keep it.
func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// moment is the way back from micro.
func moment(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// fromJSON scans a column of JSON into what v points to: fromJSON{&f.Tags}.
type fromJSON struct{ v any }

// Scan reads the column.
func (j fromJSON) Scan(src any) error {
	switch b := src.(type) {
	case nil:
		return nil
	case string:
		return json.Unmarshal([]byte(b), j.v)
	case []byte:
		return json.Unmarshal(b, j.v)
	default:
		return fmt.Errorf("JSON is kept as text, not as %T", src)
	}
}
