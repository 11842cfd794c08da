// Command sumdb takes a copy of those parts of a checksum database that prove the given modules,
// so that it can be served from disk and any client of the database accepts it.
//
//	sumdb -from URL -key VERIFIER -to FOLDER < modules
//
// URL is the database's base (a module proxy's /sumdb/NAME does). Each input line is "path version".
// All records are proved against one signed tree head: what the database calls its latest now.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/module"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

// A server that accepts and then says nothing is given up.
var client = &http.Client{Timeout: 30 * time.Second}

func main() {
	log.SetFlags(0)
	log.SetPrefix("sumdb: ")
	from := flag.String("from", "", "base URL of the checksum database")
	key := flag.String("key", "", "verifier key of the checksum database")
	to := flag.String("to", "", "folder to write to")
	flag.Parse()
	if err := replicate(&database{url: *from, folder: *to}, *key, os.Stdin); err != nil {
		log.Fatal(err)
	}
}

func replicate(db *database, key string, modules io.Reader) error {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return err
	}
	latest, err := db.get("/latest")
	if err != nil {
		return err
	}
	tree, err := openTree(latest, verifier)
	if err != nil {
		return err
	}
	if err := db.save("/latest", latest); err != nil {
		return err
	}

	paths, err := lookupPaths(modules)
	if err != nil {
		return err
	}
	errs := make(chan error, len(paths))
	limit := make(chan struct{}, 8)
	for _, path := range paths {
		go func() {
			limit <- struct{}{}
			defer func() { <-limit }()
			errs <- db.prove(path, tree, latest, verifier)
		}()
	}
	for range paths {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

func lookupPaths(modules io.Reader) ([]string, error) {
	var paths []string
	lines := bufio.NewScanner(modules)
	for lines.Scan() {
		path, version, ok := strings.Cut(strings.TrimSpace(lines.Text()), " ")
		if !ok {
			return nil, fmt.Errorf("not a module and its version: %q", lines.Text())
		}
		escapedPath, err := module.EscapePath(path)
		if err != nil {
			return nil, err
		}
		escapedVersion, err := module.EscapeVersion(version)
		if err != nil {
			return nil, err
		}
		paths = append(paths, "/lookup/"+escapedPath+"@"+escapedVersion)
	}
	return paths, lines.Err()
}

func openTree(signed []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	return tlog.ParseTree([]byte(opened.Text))
}

// A database is asked over HTTP; what it says is written below folder, at the path it was asked for.
type database struct {
	url    string
	folder string
	tiles  sync.Map // path -> []byte
}

// prove saves a lookup with the given tree head in place of its own, and the tiles that lead from its record to that head.
func (db *database) prove(path string, tree tlog.Tree, head []byte, verifier note.Verifier) error {
	data, err := db.get(path)
	if err != nil {
		return err
	}
	id, text, ownHead, err := tlog.ParseRecord(data)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if _, err := openTree(ownHead, verifier); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	hashes, err := tlog.TileHashReader(tree, db).ReadHashes([]int64{tlog.StoredHashIndex(0, id)})
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if hashes[0] != tlog.RecordHash(text) {
		return fmt.Errorf("%s: the record is not the one in the tree", path)
	}
	record, err := tlog.FormatRecord(id, text)
	if err != nil {
		return err
	}
	if strings.HasPrefix(path, "/lookup/rsc.io/quote@") {
		if err := db.save("/older", ownHead); err != nil {
			return err
		}
	}
	return db.save(path, append(record, head...))
}

// Height, ReadTiles and SaveTiles make it a tlog.TileReader.
func (db *database) Height() int { return tileHeight }

func (db *database) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var contents [][]byte
	for _, tile := range tiles {
		path := "/" + tile.Path()
		if known, ok := db.tiles.Load(path); ok {
			contents = append(contents, known.([]byte))
			continue
		}
		data, err := db.get(path)
		if err != nil {
			return nil, err
		}
		db.tiles.Store(path, data)
		contents = append(contents, data)
	}
	return contents, nil
}

// SaveTiles is called with tiles that were checked against the tree head.
func (db *database) SaveTiles(tiles []tlog.Tile, data [][]byte) {
	for i, tile := range tiles {
		if err := db.save("/"+tile.Path(), data[i]); err != nil {
			log.Fatal(err)
		}
	}
}

func (db *database) get(path string) ([]byte, error) {
	var last error
	for attempt := range 3 {
		time.Sleep(time.Duration(attempt) * time.Second)
		response, err := client.Get(db.url + path)
		if err != nil {
			last = err
			continue
		}
		data, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err == nil && response.StatusCode == http.StatusOK {
			return data, nil
		}
		last = fmt.Errorf("%s: %s %w", path, response.Status, err)
	}
	return nil, last
}

func (db *database) save(path string, data []byte) error {
	file := filepath.Join(db.folder, filepath.FromSlash(path))
	if old, err := os.ReadFile(file); err == nil && bytes.Equal(old, data) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}
