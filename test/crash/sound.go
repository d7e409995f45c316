package main

import (
	"database/sql"
	"fmt"
	"strings"

	_ "modernc.org/sqlite" // the driver that Debrief has
)

// sound asks SQLite whether every page of the file is as it should be. Of
// PostgreSQL it asks nothing: that was not what was killed.
func sound(database string) error {
	if strings.HasPrefix(database, "postgres") {
		return nil
	}
	db, err := sql.Open("sqlite", database)
	if err != nil {
		return err
	}
	defer db.Close()
	var said string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&said); err != nil {
		return err
	}
	if said != "ok" {
		return fmt.Errorf("the database is damaged: %s", said)
	}
	return nil
}
