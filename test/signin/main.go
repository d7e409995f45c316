// Command signin is a provider of OpenID Connect for tests: zitadel/oidc's, which
// is certified, with its storage in memory and a page of our own on which
// somebody says who they are, or no.
package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"os"

	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
	"golang.org/x/text/language"
)

func main() {
	addr := flag.String("addr", "localhost:0", "where it listens")
	client := flag.String("client", "debrief", "who may send people here")
	secret := flag.String("secret", "", "the secret of that client")
	back := flag.String("back", "", "where it sends people back to")
	people := flag.String("people", "", "a file of who can sign in")
	flag.Parse()
	if err := serve(*addr, *people, storage.WebClient(*client, *secret, *back)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(addr, people string, client *storage.Client) error {
	known, err := storage.StoreFromFile(people)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	h := &house{people: storage.NewStorageWithClients(known, map[string]*storage.Client{client.GetID(): client})}
	h.provider, err = op.NewProvider(&op.Config{CryptoKey: sha256.Sum256([]byte("a test")), CodeMethodS256: true,
		SupportedUILocales: []language.Tag{language.English}}, h.people, op.StaticIssuer("http://"+addr), op.WithAllowInsecure())
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /login/username", h.ask)
	mux.Handle("POST /login/username", op.NewIssuerInterceptor(h.provider.IssuerFromRequest).HandlerFunc(h.answer))
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.Handle("/", h.provider)
	fmt.Println("listening on " + l.Addr().String())
	return http.Serve(l, mux)
}

// house is the provider with its page.
type house struct {
	provider *op.Provider
	people   *storage.Storage
}

var page = template.Must(template.New("").Parse(`<!doctype html><html lang="en"><title>The other house</title>
<main><h1>The other house</h1><form method="post"><input type="hidden" name="id" value="{{.}}">
<label>Who are you? <input name="who"></label> <button>Go on</button> <button name="no" value="yes">No</button></form></main></html>`))

func (h *house) ask(w http.ResponseWriter, r *http.Request) {
	_ = page.Execute(w, r.FormValue("authRequestID"))
}

func (h *house) answer(w http.ResponseWriter, r *http.Request) {
	id := r.FormValue("id")
	asked, err := h.people.AuthRequestByID(r.Context(), id)
	if err == nil && r.FormValue("no") != "" {
		op.AuthRequestError(w, r, asked, oidc.ErrAccessDenied(), h.provider)
		return
	}
	if err == nil {
		err = h.people.CheckUsernamePassword(r.FormValue("who"), "", id)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	http.Redirect(w, r, op.AuthCallbackURL(h.provider)(r.Context(), id), http.StatusFound)
}
