// Command acme is an authority for tests that certifies by ACME: Pebble, which
// Let's Encrypt keeps for that, with names of its own that all lead to this machine.
package main

import (
	"encoding/pem"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/letsencrypt/challtestsrv"
	"github.com/letsencrypt/pebble/v2/ca"
	"github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "where it listens")
	names := flag.String("names", "", "where it answers what address a name has")
	httpPort := flag.Int("http", 80, "where it asks whoever wants a certificate, by http")
	tlsPort := flag.Int("tls", 443, "the same by https")
	cert := flag.String("cert", "", "the certificate it speaks https with")
	key := flag.String("key", "", "the key to it")
	root := flag.String("root", "", "the file for its own certificate")
	life := flag.Duration("life", 90*24*time.Hour, "how long a certificate lasts")
	flag.Parse()
	os.Setenv("PEBBLE_VA_NOSLEEP", "1")
	face, err := authority(*names, *root, *httpPort, *tlsPort, *life)
	if err == nil {
		err = serve(*addr, *cert, *key, face)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// authority makes one whose own certificate is in the file root.
func authority(names, root string, httpPort, tlsPort int, life time.Duration) (http.Handler, error) {
	quiet := log.New(io.Discard, "", 0)
	book, err := challtestsrv.New(challtestsrv.Config{DNSAddrs: []string{names}, Log: quiet})
	if err != nil {
		return nil, err
	}
	book.SetDefaultDNSIPv4("127.0.0.1")
	book.SetDefaultDNSIPv6("")
	go book.Run()

	kept := db.NewMemoryStore()
	signs := ca.New(quiet, kept, "", "ecdsa", 0, 1, map[string]ca.Profile{"default": {Description: "for tests", ValidityPeriod: uint64(life / time.Second)}})
	looks := va.New(quiet, httpPort, tlsPort, false, names, kept)
	face := wfe.New(quiet, kept, looks, signs, []string{"authority.example"}, false, false, 1, 1)
	own := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signs.GetRootCert(0).Cert.Raw})
	return face.Handler(), os.WriteFile(root, own, 0o600)
}

func serve(addr, cert, key string, face http.Handler) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	fmt.Println("listening on", l.Addr())
	return http.ServeTLS(l, face, cert, key)
}
