package http

import (
	"net/url"
	"os"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// JudgeProxy gives scheme, host, port, user and password of the proxy that requests for a URL go through, nothing where they go
// through none.
func JudgeProxy(env []string, rawURL string) ([]string, error) {
	os.Clearenv()
	for _, variable := range env {
		name, value, _ := strings.Cut(variable, "=")
		os.Setenv(name, value)
	}
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, err
	}
	proxy, err := httpproxy.FromEnvironment().ProxyFunc()(u)
	if proxy == nil || err != nil {
		return nil, err
	}
	auth := (&connectMethod{proxyURL: proxy}).proxyAuth()
	return []string{proxy.Scheme, idnaASCIIFromURL(proxy), proxy.Port(), auth}, nil
}
