package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
)

// The demo's link opens, and the story behind it has a scar to show.
func TestDemo(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	read, write := io.Pipe()
	var beside bytes.Buffer
	ended := make(chan int)
	go func() {
		code := run(&shell{Context: ctx, in: strings.NewReader(""), out: write, err: &beside}, []string{"demo", "--addr", "127.0.0.1:0"})
		write.Close()
		ended <- code
	}()
	var said []byte
	for b := make([]byte, 512); !strings.Contains(string(said), "listening on "); {
		n, err := read.Read(b)
		if said = append(said, b[:n]...); err != nil {
			t.Fatalf("the demo ended: %s%s", said, beside.String())
		}
	}
	_, link, _ := strings.Cut(string(said), "story: ")
	answer, err := http.Get(strings.Fields(link)[0])
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("the link answers %s", answer.Status)
	}
	go io.Copy(io.Discard, read)
	stop()
	if code := <-ended; code != exitDone {
		t.Errorf("exit %d: %s", code, beside.String())
	}
}
