package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// How long a certificate of our own lasts, which is the most that browsers take,
// and when before its end there is a new one.
const (
	ownLasts = 397 * 24 * time.Hour
	ownEnds  = 30 * 24 * time.Hour
)

// ownCertificate is the one that a file has, with its key; or a new one in its
// place, when that is for other addresses, ends soon, or was open to others.
func ownCertificate(file string, hosts []netip.Addr, now time.Time) (tls.Certificate, error) {
	about := aboutOwn(hosts, now)
	if pair, err := tls.LoadX509KeyPair(file, file); err == nil && closed(file) && still(pair.Leaf, about, now) {
		return pair, nil
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return tls.Certificate{}, err
	}
	if err := replace(file, func(w io.Writer) error { return sign(w, about) }); err != nil {
		return tls.Certificate{}, err
	}
	return tls.LoadX509KeyPair(file, file)
}

// aboutOwn is what a certificate of our own says. It vouches for this machine
// alone: whoever gets hold of its key can sign for nobody else.
func aboutOwn(hosts []netip.Addr, now time.Time) *x509.Certificate {
	begins := now.Add(-time.Hour) // a phone's clock may be behind
	about := &x509.Certificate{Subject: pkix.Name{CommonName: "Debrief"}, NotBefore: begins, NotAfter: begins.Add(ownLasts),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true}
	if name, err := os.Hostname(); err == nil {
		about.DNSNames = []string{name}
	}
	for _, h := range slices.SortedFunc(slices.Values(hosts), netip.Addr.Compare) {
		about.IPAddresses = append(about.IPAddresses, h.AsSlice())
	}
	return about
}

// still reports whether a certificate says what it should, and will for a while.
func still(leaf, about *x509.Certificate, now time.Time) bool {
	return slices.Equal(leaf.DNSNames, about.DNSNames) && slices.EqualFunc(leaf.IPAddresses, about.IPAddresses, net.IP.Equal) &&
		leaf.NotBefore.Before(now) && leaf.NotAfter.Sub(now) > ownEnds
}

// closed reports whether nobody else may read a file.
func closed(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Mode().Perm()&0o077 == 0
}

// sign writes a new key, and the certificate that it signs for itself.
func sign(w io.Writer, about *x509.Certificate) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	signed, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	if err != nil {
		return err
	}
	hidden, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return errors.Join(pem.Encode(w, &pem.Block{Type: "CERTIFICATE", Bytes: signed}), pem.Encode(w, &pem.Block{Type: "PRIVATE KEY", Bytes: hidden}))
}
