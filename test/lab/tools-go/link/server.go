package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A Statistic is what was asked of a mirror.
type Statistic struct {
	mu       sync.Mutex
	Requests int   `json:"requests"`
	Bytes    int64 `json:"bytes"`
	Failures int   `json:"failures"`
}

func (s *Statistic) count(status int, bytes int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Requests++
	s.Bytes += bytes
	if status >= 400 {
		s.Failures++
	}
}

func (s *Statistic) read() map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return map[string]any{"requests": s.Requests, "bytes": s.Bytes, "failures": s.Failures}
}

// serve starts a module proxy at each mirror's address, port 443.
func serve(config *Config) error {
	certificate, err := tls.X509KeyPair([]byte(config.Cert), []byte(config.Key))
	if err != nil {
		return err
	}
	return inNamespace(serverName, func() error {
		for _, mirror := range config.Mirrors {
			listener, err := usualTCP.Listen(context.Background(), "tcp4", mirror.Address+":443")
			if err != nil {
				return err
			}
			server := &http.Server{
				Handler:   mirror.handler(config),
				TLSConfig: &tls.Config{Certificates: []tls.Certificate{certificate}},
				ErrorLog:  log.New(discard{}, "", 0),
			}
			if mirror.HTTP1 {
				server.TLSNextProto = map[string]func(*http.Server, *tls.Conn, http.Handler){}
			}
			go server.ServeTLS(listener, "", "")
		}
		return nil
	})
}

// usualTCP has the congestion control that most servers have, whatever this machine's is.
var usualTCP = net.ListenConfig{Control: func(_, _ string, connection syscall.RawConn) error {
	const congestionControl = 13 // TCP_CONGESTION
	var failure error
	err := connection.Control(func(fd uintptr) {
		failure = syscall.SetsockoptString(int(fd), syscall.IPPROTO_TCP, congestionControl, "cubic")
	})
	return errors.Join(err, failure)
}}

type discard struct{}

func (discard) Write(data []byte) (int, error) { return len(data), nil }

func (m *Mirror) handler(config *Config) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(time.Duration(m.ServerMs * float64(time.Millisecond)))
		counted := &countingWriter{ResponseWriter: w, status: http.StatusOK}
		path, ok := strings.CutPrefix(r.URL.Path, m.Base)
		var data []byte
		if ok = ok && !(m.NoSumDB && strings.HasPrefix(path, "/sumdb/")); ok {
			data, ok = find(config, path)
		}
		if ok {
			// ServeContent honours HEAD and Range, as the real servers do.
			http.ServeContent(counted, r, filepath.Base(r.URL.Path), time.Time{}, bytes.NewReader(data))
		} else {
			http.Error(counted, "not found: unknown revision", http.StatusNotFound)
		}
		m.count(counted.status, counted.bytes)
	})
}

var known sync.Map // path -> contents, so that no disk is waited for twice

func find(config *Config, path string) ([]byte, bool) {
	if data, ok := known.Load(path); ok {
		return data.([]byte), true
	}
	folders := config.Tree
	file := path
	if rest, ok := strings.CutPrefix(path, "/sumdb/sum.golang.org"); ok {
		if config.SumDB == "" {
			return nil, false
		}
		if rest == "/supported" {
			return nil, true
		}
		folders, file = []string{config.SumDB}, rest
	}
	if prefix, ok := strings.CutSuffix(path, "/@latest"); ok {
		list, _ := find(config, prefix+"/@v/list")
		versions := strings.Fields(string(list))
		if len(versions) == 0 {
			return nil, false
		}
		file = prefix + "/@v/" + versions[len(versions)-1] + ".info"
	}
	for _, folder := range folders {
		if data, err := os.ReadFile(filepath.Join(folder, filepath.Clean("/"+file))); err == nil {
			known.Store(path, data)
			return data, true
		}
	}
	return nil, false
}

type countingWriter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *countingWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (w *countingWriter) Write(data []byte) (int, error) {
	n, err := w.ResponseWriter.Write(data)
	w.bytes += int64(n)
	return n, err
}
