package modfetch

import (
	"errors"
	"reflect"
	"sync"

	"cmd/go/internal/cfg"
)

// JudgeProxyList gives each entry of GOPROXY as URL and separator, "|" where the go command goes on after any error.
func JudgeProxyList(goproxy string) ([]string, error) {
	cfg.GOPROXY, cfg.GONOPROXY = goproxy, ""
	proxyOnce.Once, proxyOnce.list, proxyOnce.err = sync.Once{}, nil, nil
	list, err := proxyList()
	if err != nil {
		return nil, err
	}
	var entries []string
	for _, spec := range list {
		separator := ","
		if spec.fallBackOnError {
			separator = "|"
		}
		entries = append(entries, spec.url, separator)
	}
	return entries, nil
}

// JudgeDial gives name and key of the database that GOSUMDB stands for, and the URL that it names, if any, its password replaced.
func JudgeDial(gosumdb string) (result []string, err error) {
	defer func() {
		// go1.26.8 itself crashes while it words the error for a name that is no URL.
		if recover() != nil {
			err = errors.New("invalid sumdb name (must be host[/path])")
		}
	}()
	cfg.GOSUMDB = gosumdb
	name, client, err := dbDial()
	if err != nil {
		return nil, err
	}
	ops := reflect.ValueOf(client).Elem().FieldByName("ops").Elem()
	db := (*dbClient)(ops.UnsafePointer())
	result = []string{name, db.key}
	if db.base != nil {
		result = append(result, db.base.Redacted())
	}
	return result, nil
}
