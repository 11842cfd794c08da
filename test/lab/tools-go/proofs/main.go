// Command proofs is the judge of what src/modproxy proves: for each line of JSON it calls golang.org/x/mod itself.
package main

import (
	"bufio"
	"encoding/json"
	"os"

	"golang.org/x/mod/module"
	"golang.org/x/mod/sumdb/dirhash"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"golang.org/x/mod/zip"
)

type question struct {
	Kind string
	// File is the path of a zip, for "hash" and "check".
	File string
	// Key is a verifier key and Text what is read with it, as bytes, for "key", "note", "record" and "tree".
	Key  string
	Text []byte
}

type answer struct {
	Error string `json:"error"`
	Text  string `json:"text"`
	Rest  []byte `json:"rest"`
	N     int64  `json:"n"`
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<26)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var q question
		if err := json.Unmarshal(in.Bytes(), &q); err != nil {
			panic(err)
		}
		a, err := ask(q)
		if err != nil {
			a.Error = err.Error()
		}
		if err := out.Encode(a); err != nil {
			panic(err)
		}
	}
}

func ask(q question) (a answer, err error) {
	switch q.Kind {
	case "hash":
		a.Text, err = dirhash.HashZip(q.File, dirhash.Hash1)
	case "check":
		var checked zip.CheckedFiles
		checked, err = zip.CheckZip(module.Version{Path: "example.org/m", Version: "v1.0.0"}, q.File)
		if err == nil {
			err = checked.Err()
		}
	case "key":
		var v note.Verifier
		if v, err = note.NewVerifier(q.Key); err == nil {
			a.Text, a.N = v.Name(), int64(v.KeyHash())
		}
	case "note":
		var v note.Verifier
		if v, err = note.NewVerifier(q.Key); err != nil {
			return a, err
		}
		var n *note.Note
		if n, err = note.Open(q.Text, note.VerifierList(v)); err == nil {
			a.Text = n.Text
		}
	case "record":
		var text []byte
		a.N, text, a.Rest, err = tlog.ParseRecord(q.Text)
		a.Text = string(text)
	case "tree":
		var tree tlog.Tree
		tree, err = tlog.ParseTree(q.Text)
		a.N, a.Text = tree.N, tree.Hash.String()
	}
	return a, err
}
