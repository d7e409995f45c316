package store

// catalogue is how a database is asked about itself, for backup and restore.
type catalogue struct {
	tables  string // the names of all tables of ours
	columns string // name, declared type and place in the primary key (from 1; 0: none) of those of table $1
	slow    string // lets the statements of this transaction take their time
	cascade string // ends the dropping of a table that others refer to
	loosen  string // rows may refer to what comes later in this transaction
	tighten string // undoes that, and goes on counting after the rows that were put in
}

var sqliteCatalogue = catalogue{
	tables: `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'
		AND name <> 'goose_db_version'`,
	columns: `SELECT name, type, pk FROM pragma_table_info($1) ORDER BY cid`,
	slow:    `SELECT 1`,
	loosen:  `PRAGMA defer_foreign_keys = ON`,
	tighten: `SELECT 1`,
}

var postgresCatalogue = catalogue{
	tables: `SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()
		AND tablename <> 'goose_db_version'`,
	columns: `SELECT c.column_name::text, c.data_type::text,
			coalesce(array_position(i.indkey::int2[], c.ordinal_position::int2) + 1, 0)
		FROM information_schema.columns c
		LEFT JOIN pg_index i ON i.indisprimary AND i.indrelid = to_regclass(quote_ident(c.table_name))
		WHERE c.table_schema = current_schema() AND c.table_name = $1 ORDER BY c.ordinal_position`,
	cascade: ` CASCADE`,
	slow: `SELECT set_config('statement_timeout', '0', true),
		set_config('idle_in_transaction_session_timeout', '0', true)`,
	loosen: `DO $$ DECLARE k record; BEGIN
		FOR k IN SELECT conrelid::regclass AS t, conname FROM pg_constraint
			WHERE contype = 'f' AND connamespace = current_schema()::regnamespace LOOP
			EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE INITIALLY DEFERRED', k.t, k.conname);
		END LOOP; END $$`,
	tighten: `DO $$ DECLARE k record; BEGIN
		SET CONSTRAINTS ALL IMMEDIATE;
		FOR k IN SELECT conrelid::regclass AS t, conname FROM pg_constraint
			WHERE contype = 'f' AND connamespace = current_schema()::regnamespace LOOP
			EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I NOT DEFERRABLE', k.t, k.conname);
		END LOOP;
		FOR k IN SELECT table_name AS t, column_name AS c,
				pg_get_serial_sequence(quote_ident(table_name), column_name) AS s
			FROM information_schema.columns WHERE table_schema = current_schema() LOOP
			IF k.s IS NOT NULL THEN
				EXECUTE format('SELECT setval(%L, coalesce(max(%I), 0) + 1, false) FROM %I', k.s, k.c, k.t);
			END IF;
		END LOOP; END $$`,
}
