package storetest

import (
	"bufio"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver of the connection that makes databases

	"debrief/internal/store"
)

// Postgres returns the address of a new database on the private PostgreSQL,
// migrated but never opened. It is dropped at the end of the test.
func Postgres(t testing.TB) string {
	t.Helper()
	return newDatabase(t, template)
}

// BlankPostgres returns the address of a new database without any schema.
func BlankPostgres(t testing.TB) string {
	t.Helper()
	return newDatabase(t, "template0")
}

// DurablePostgres is BlankPostgres on a server that waits for the disk, for
// what is measured.
func DurablePostgres(t testing.TB) string {
	t.Helper()
	return newDatabaseOf(t, startDurable, "template0")
}

func newDatabase(t testing.TB, like string) string {
	t.Helper()
	return newDatabaseOf(t, startOnce, like)
}

func newDatabaseOf(t testing.TB, start func() (*cluster, error), like string) string {
	t.Helper()
	c, err := start()
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("test_%d", c.count.Add(1))
	if _, err := c.admin.Exec("CREATE DATABASE " + name + " TEMPLATE " + like); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := c.admin.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return c.address(name)
}

// cluster is the private PostgreSQL of this process.
type cluster struct {
	dir   string    // also of its socket
	life  io.Closer // the server ends when this is closed, so it is kept
	admin *sql.DB
	count atomic.Int64
}

const template = "template_debrief"

var (
	startOnce = sync.OnceValues(func() (*cluster, error) {
		return start(fastDisk(), "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "autovacuum=off")
	})
	startDurable = sync.OnceValues(func() (*cluster, error) { return start("") })
)

func (c *cluster) address(database string) string {
	q := url.Values{"host": {c.dir}, "port": {"5432"}, "sslmode": {"disable"}}
	return "postgres://debrief@/" + database + "?" + q.Encode()
}

// script runs PostgreSQL until its standard input ends, which it does when the
// test process is gone, however it went. So nothing is ever left behind.
const script = `
cd "$1" || exit 1
"$2/initdb" -D data -U debrief -A trust -E UTF8 --locale=C --no-sync >log 2>&1 || { cat log >&2; exit 1; }
here=$1 bin=$2
shift 2
"$bin/postgres" -D data -k "$here" -c listen_addresses= -c max_connections=400 "$@" >>log 2>&1 </dev/null &
server=$!
until "$bin/pg_isready" -q -h "$here" -U debrief; do
  kill -0 $server 2>/dev/null || { cat log >&2; exit 1; }
  sleep 0.02
done
echo ready
cat >/dev/null
kill -QUIT $server; wait $server
cd / && rm -rf "$here"
`

// start starts PostgreSQL in a new folder below another, with settings of its
// own.
func start(below string, settings ...string) (*cluster, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(below, "debrief-pg.")
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("/bin/sh", append([]string{"-c", script, "postgres", dir, bin}, settings...)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // an interrupt is for the tests
	if os.Getuid() == 0 {
		if err := asPostgres(cmd, dir); err != nil {
			return nil, err
		}
	}
	var complaint strings.Builder
	cmd.Stderr = &complaint
	life, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		return nil, errors.Join(fmt.Errorf("PostgreSQL in %s did not start: %s", dir, complaint.String()), cmd.Wait())
	}
	c := &cluster{dir: dir, life: life}
	return c, c.prepare()
}

// fastDisk is a folder in memory where there is one.
func fastDisk() string {
	const memory = "/dev/shm"
	if info, err := os.Stat(memory); err != nil || !info.IsDir() {
		return ""
	}
	return memory
}

// prepare makes the database that all others are copied from.
func (c *cluster) prepare() error {
	var err error
	if c.admin, err = sql.Open("pgx", c.address("postgres")); err != nil {
		return err
	}
	if _, err := c.admin.Exec("CREATE DATABASE " + template); err != nil {
		return err
	}
	return store.Migrate(context.Background(), store.Options{Database: c.address(template), Now: time.Now, Random: rand.Reader})
}

// asPostgres runs the command as the user postgres, since PostgreSQL refuses to
// be root.
func asPostgres(cmd *exec.Cmd, dir string) error {
	u, err := user.Lookup("postgres")
	if err != nil {
		return errMissing
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return err
	}
	cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(dir, uid, gid)
}

var errMissing = errors.New("PostgreSQL is missing: apt-get install postgresql")

// programs finds the folder of the newest PostgreSQL.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	sort.Slice(found, func(i, j int) bool { return version(found[i]) < version(found[j]) })
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1]), nil
	}
	initdb, err := exec.LookPath("initdb")
	if err != nil {
		return "", errMissing
	}
	if initdb, err = filepath.EvalSymlinks(initdb); err != nil {
		return "", err
	}
	return filepath.Dir(initdb), nil
}

// version reads the number out of /usr/lib/postgresql/15/bin/initdb.
func version(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}
