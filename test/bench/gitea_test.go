package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// giteaVersion is a server of pages that keeps what people file in SQLite, as
// ours does, and is written in Go. Its scripts and styles are not built: pages
// are measured, not what a browser loads after them.
const giteaVersion = "v1.26.0"

// giteaConfig leaves out what Debrief has no like of.
const giteaConfig = `RUN_USER = %s
I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = %d
OFFLINE_MODE = true
DISABLE_SSH = true
STATIC_ROOT_PATH = %s
[database]
DB_TYPE = sqlite3
[security]
INSTALL_LOCK = true
[log]
LEVEL = Critical
[cron]
ENABLED = false
`

// A giteaPeer is a running Gitea with somebody signed in.
type giteaPeer struct {
	binary, dir, address, token string
	process                     *os.Process
	browser                     *http.Client
}

// gitea starts Gitea, which it builds the first time it is asked for and keeps
// in the user's cache. Where it cannot be had the benchmark fails, says so, and
// goes on without it.
func gitea(b *testing.B) *giteaPeer {
	b.Helper()
	source, err := giteaSource()
	var g *giteaPeer
	if err == nil {
		g, err = startGitea(b, source)
	}
	if err != nil {
		b.Errorf("Gitea %s could not be had, so nothing here is beside it: %v", giteaVersion, err)
		return nil
	}
	return g
}

// giteaSource fetches Gitea through the Go proxy, builds it beside its templates
// and returns the folder of both.
var giteaSource = sync.OnceValues(func() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "debrief-bench", "gitea-"+giteaVersion)
	if _, err := os.Stat(filepath.Join(dir, "gitea")); err == nil {
		return dir, nil
	}
	fmt.Println("building Gitea", giteaVersion, "into", dir, "which takes a while, once")
	out, err := exec.Command("go", "mod", "download", "-json", "code.gitea.io/gitea@"+giteaVersion).Output()
	var module struct{ Dir string }
	if err == nil {
		err = json.Unmarshal(out, &module)
	}
	if err == nil {
		err = os.CopyFS(dir, os.DirFS(module.Dir))
	}
	if err != nil {
		return "", err
	}
	build := exec.Command("go", "build", "-mod=mod", "-tags", "sqlite sqlite_unlock_notify", "-o", "gitea", ".")
	build.Dir = dir
	if said, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %.2000s", err, said)
	}
	return dir, nil
})

var giteaToken = regexp.MustCompile(`successfully created\.\.\. (\w+)`)

// startGitea sets one up in a new folder: a person, a token, a repository.
func startGitea(b *testing.B, source string) (*giteaPeer, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	g := &giteaPeer{binary: filepath.Join(source, "gitea"), dir: b.TempDir(), address: fmt.Sprintf("http://127.0.0.1:%d", port), browser: keepAlive()}
	g.browser.Jar = jar
	user := os.Getenv("USER")
	if os.Getuid() == 0 {
		user = "root"
	}
	if err := os.WriteFile(filepath.Join(g.dir, "app.ini"), fmt.Appendf(nil, giteaConfig, user, port, source), 0o600); err != nil {
		return nil, err
	}
	if said, err := g.command("migrate").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %.2000s", err, said)
	}
	const pass = "Only-for-this-run-1"
	said, err := g.command("admin", "user", "create", "--username", "ines", "--password", pass, "--email", "ines@example.org", "--admin",
		"--must-change-password=false", "--access-token", "--access-token-scopes", "all").CombinedOutput()
	token := giteaToken.FindSubmatch(said)
	if err != nil || token == nil {
		return nil, fmt.Errorf("%w: %.2000s", err, said)
	}
	g.token = string(token[1])
	b.Cleanup(g.stop)
	if _, err := g.restart(); err != nil {
		return nil, err
	}
	if err := g.api("/user/repos", map[string]string{"name": "bench"}); err != nil {
		return nil, err
	}
	return g, answered(g.browser.PostForm(g.address+"/user/login", url.Values{"user_name": {"ines"}, "password": {pass}}))
}

func (g *giteaPeer) command(args ...string) *exec.Cmd {
	cmd := exec.Command(g.binary, append([]string{"-c", filepath.Join(g.dir, "app.ini")}, args...)...)
	cmd.Dir = g.dir
	cmd.Env = append(os.Environ(), "GITEA_WORK_DIR="+g.dir, "HOME="+g.dir)
	return cmd
}

// restart starts the server, again if it runs, and returns how long it took to
// answer.
func (g *giteaPeer) restart() (time.Duration, error) {
	g.stop()
	began := time.Now()
	cmd := g.command("web")
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	g.process = cmd.Process
	return until(began, func() error { return answered(http.Get(g.address + "/")) })
}

func (g *giteaPeer) stop() {
	if g.process != nil {
		g.process.Signal(os.Interrupt)
		g.process.Wait()
		g.process = nil
	}
}

func (g *giteaPeer) api(path string, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequest(http.MethodPost, g.address+"/api/v1"+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "token "+g.token)
	req.Header.Set("Content-Type", "application/json")
	return answered(g.browser.Do(req))
}

// issue files one.
func (g *giteaPeer) issue(text string) error {
	title, _, _ := strings.Cut(text, ".")
	return g.api("/repos/ines/bench/issues", map[string]string{"title": title, "body": text})
}

// page is the list of issues, as somebody sees it who is signed in.
func (g *giteaPeer) page() error { return answered(g.browser.Get(g.address + "/ines/bench/issues")) }
