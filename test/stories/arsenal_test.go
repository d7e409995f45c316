package stories

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"debrief/internal/debrieftest"
	"debrief/internal/practice"
)

// upTo repeats a text until it is nearly as long as a procedure may be.
func upTo(s string) string { return strings.Repeat(s, (practice.MaxProcedure-len(s))/len(s)) }

// table is one wide head and rows that a renderer fills up to its width.
func table(size int) string {
	columns := size / 8
	head := strings.Repeat("|a", columns) + "\n" + strings.Repeat("|-", columns) + "\n"
	return head + strings.Repeat("|\n", (size-len(head))/2)
}

const formKind = "application/x-www-form-urlencoded"

func typed(name, to, markdown string, want int) bomb {
	form := url.Values{"title": {name}, "markdown": {markdown}}
	return bomb{name: name, to: to, kind: formKind, body: []byte(form.Encode()), want: want}
}

// ordinaryPage is what somebody may well paste.
var ordinaryPage = typed("an ordinary page", "/p/new", upTo("- [ ] Read the *date* on the list aloud, then [count](https://a.example).\n"), 200)

// smallTable is 8 KiB that the usual parser makes into 20 MiB.
var smallTable = typed("a table of 8 KiB", "/p/new", table(8<<10), 200)

func webBombs() []bomb {
	all := []bomb{
		smallTable,
		typed("a table of 64 KiB", "/p/new", table(practice.MaxProcedure), 200),
		typed("open links", "/p/new", upTo("[a]("), 422),
		typed("quotes in quotes", "/p/new", upTo("> "), 200),
		typed("lists in lists", "/p/new", upTo("- "), 200),
		typed("marks", "/p/new", upTo("***a"), 422),
		typed("an alias that grows", "/p/new", aliases(), 200),
		typed("more than a page", "/p/new", strings.Repeat("a ", practice.MaxProcedure), 422),
		{name: "sixty thousand fields", to: "/report", kind: formKind, body: []byte(strings.Repeat("a=1&", 60_000)), want: 400},
		{name: "a megabyte in one field", to: "/report", kind: formKind, body: []byte("what=" + strings.Repeat("a", 1<<20)), want: 413},
		{name: "a zipped form", to: "/report", kind: formKind, body: zipped(), headers: []string{"Content-Encoding", "gzip"}, want: 400},
		{name: "a long question", to: "/search?q=" + strings.Repeat("a", 8<<10), want: 200},
		{name: "a question of operators", to: "/search?q=" + url.QueryEscape(strings.Repeat(`(a+)+$ "b* NEAR `, 12)), want: 200},
		{name: "a long head", to: "/", headers: []string{"X-Long", strings.Repeat("a", 32<<10)}, want: http.StatusRequestHeaderFieldsTooLarge},
	}
	kind, body := upload(nil, "file", "../../a.zip", zipped())
	all = append(all, bomb{name: "an archive for a page", to: "/p/new", kind: kind, body: body, want: 422})
	fields := map[string]string{}
	for i := range 2000 {
		fields[fmt.Sprint("a", i)] = "b"
	}
	kind, body = upload(fields, "file", "a.md", []byte("- a\n"))
	return append(all, bomb{name: "two thousand parts", to: "/p/new", kind: kind, body: body, want: 400})
}

func apiBombs(team string) []bomb {
	const kind = "application/json"
	in := func(name, to, body string, want int) bomb {
		return bomb{name: name + ", JSON", to: "/api/v1" + to, kind: kind, body: []byte(body), want: want}
	}
	page := func(name, markdown string, want int) bomb {
		return in(name, "/procedures", fmt.Sprintf(`{"team": %q, "title": "A page", "markdown": %q}`, team, markdown), want)
	}
	zippedBody := in("a zipped body", "/failures", string(zipped()), 400)
	zippedBody.headers = []string{"Content-Encoding", "gzip"}
	return []bomb{
		page("a table of 8 KiB", table(8<<10), 201),
		page("a table of 64 KiB", table(practice.MaxProcedure), 201),
		page("open links", upTo("[a]("), 201),
		page("an alias that grows", aliases(), 201),
		page("more than a page", strings.Repeat("a ", practice.MaxProcedure), 400),
		in("lists in lists", "/failures", strings.Repeat("[", 100_000), 400),
		in("objects in objects", "/failures", strings.Repeat(`{"text":`, 10_000)+"1"+strings.Repeat("}", 10_000), 400),
		in("a number without end", "/failures", `{"text": 1e`+strings.Repeat("9", 100_000)+"}", 400),
		in("one name many times", "/failures", `{"stage": "after", "text": "a"`+strings.Repeat(`, "text": "a"`, 15_000)+"}", 201),
		in("a megabyte", "/failures", `{"text": "`+strings.Repeat("a", 1<<20)+`"}`, 413),
		in("ids without end", "/similar", `{"text": "van", "exclude": ["a"`+strings.Repeat(`, "a"`, 40_000)+"]}", 400),
		in("a long question", "/similar", `{"text": "`+strings.Repeat("van door list ", 15_000)+`"}`, 200),
		zippedBody,
	}
}

// aliases are YAML that grows ninefold with each line.
func aliases() string {
	var b strings.Builder
	b.WriteString("---\na0: &a0 x\n")
	for i := 1; i < 20; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}
	return b.String() + "---\n- a step\n"
}

// zipped is a hundred megabytes of nothing.
func zipped() []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.CopyN(z, zeros{}, 100<<20)
	z.Close()
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// pictureBombs are pictures to a fact. Unpacking one takes more memory than
// anything else here may.
func pictureBombs() []bomb {
	largest := uint32(3500) // that is taken, with its deep colours
	if debrieftest.RaceDetector {
		largest = 700
	}
	whole := square(largest, 8, 0, zeros{})
	yesterday := time.Now().Add(-24 * time.Hour).Format(time.DateOnly)
	var all []bomb
	for _, p := range []struct {
		name    string
		picture []byte
		want    int
	}{
		{"a picture of 400 million points", square(20_000, 8, 0, nil), 422},
		{"a picture of 16 million deep points", square(4000, 16, 2, nil), 422},
		{"the largest picture", square(largest, 16, 2, zeros{}), 200},
		{"half a picture", whole[:len(whole)/2], 422},
		{"a film", film(), 200},
	} {
		kind, body := upload(map[string]string{"text": "It looked like this.", "day": yesterday, "time": "08:00"}, "picture", "a.png", p.picture)
		all = append(all, bomb{name: p.name, to: "/f/1/fact", kind: kind, body: body, want: p.want, memory: 256 << 20})
	}
	return all
}

// square is a black PNG that weighs next to nothing: so many bits in each of
// its colours, of kind 0 for greys and 2 for red, green and blue. Without
// points it only says how large it is.
func square(side uint32, depth, kind byte, points io.Reader) []byte {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	if points != nil {
		io.CopyN(z, points, int64(side)*(1+int64(side)*int64(depth/8)*int64(1+kind)))
	}
	z.Close()
	b := []byte("\x89PNG\r\n\x1a\n")
	for _, chunk := range [][]byte{
		append(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), side), side), depth, kind, 0, 0, 0),
		append([]byte("IDAT"), packed.Bytes()...),
		[]byte("IEND"),
	} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(chunk)-4))
		b = append(b, chunk...)
		b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(chunk))
	}
	return b
}

// film is a moving picture of a thousand frames, of which one is shown.
func film() []byte {
	g := &gif.GIF{}
	for range 1000 {
		g.Image = append(g.Image, image.NewPaletted(image.Rect(0, 0, 500, 500), color.Palette{color.White, color.Black}))
		g.Delay = append(g.Delay, 1)
	}
	var b bytes.Buffer
	gif.EncodeAll(&b, g)
	return b.Bytes()
}

func upload(fields map[string]string, field, name string, file []byte) (kind string, body []byte) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k, v := range fields {
		w.WriteField(k, v)
	}
	part, err := w.CreateFormFile(field, name)
	if err != nil {
		panic(err)
	}
	part.Write(file)
	w.Close()
	return w.FormDataContentType(), b.Bytes()
}

// boundless is the stand-in of the control: started as "serve", it renders
// whatever it is sent.
func boundless() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("listening on http://%s\n", listener.Addr())
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte(r.FormValue("markdown")), w); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	})}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, func() { server.Close() })
	server.Serve(listener)
}

func self(t *testing.T) string {
	t.Helper()
	file, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return file
}
