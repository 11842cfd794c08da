package auth

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"cmd/go/internal/base"
	"cmd/go/internal/cfg"
	"cmd/internal/quoted"
)

func init() {
	// What ends the go command is an answer here.
	base.AtExit(func() { panic("fatal") })
}

// JudgeNetrc gives machine, login and password of each entry that the go command sees in a file.
func JudgeNetrc(data []byte) (parts []string) {
	for _, line := range parseNetrc(string(data)) {
		parts = append(parts, line.machine, line.login, line.password)
	}
	return parts
}

// JudgeQuoted gives the words of a command.
func JudgeQuoted(command string) ([]string, error) { return quoted.Split(command) }

// JudgeCommand gives what a command's output stands for: a line for each prefix, with its headers.
func JudgeCommand(output string) ([]string, error) {
	credentials, err := parseUserAuth(output)
	if err != nil {
		return nil, err
	}
	var lines []string
	for prefix, header := range credentials {
		lines = append(lines, prefix+" "+headerText(header))
	}
	slices.Sort(lines)
	return lines, nil
}

// JudgeGit gives prefix, user and password that git's answer stands for.
func JudgeGit(output []byte) []string {
	prefix, user, password := parseGitAuth(output)
	return []string{prefix, user, password}
}

// JudgeLogins gives the headers that GOAUTH adds to requests for URLs, one after another in one run: before each, and after each that
// is answered with 4xx (a status above 0). "fatal" where the go command ends.
func JudgeLogins(goauth string, netrc []byte, urls []string, statuses []int) (added []string) {
	defer func() {
		if recover() != nil {
			added = append(added, "fatal")
		}
	}()
	cfg.GOAUTH, authOnce = goauth, sync.Once{}
	credentialCache.Clear()
	lines := parseNetrc(string(netrc))
	readNetrc = func() ([]netrcLine, error) { return lines, nil }
	for i, rawURL := range urls {
		u, err := url.Parse(rawURL)
		if err != nil {
			panic(err)
		}
		request := func(res *http.Response, again string) {
			req, err := http.NewRequest("GET", u.String(), nil)
			if err != nil {
				panic(err)
			}
			AddCredentials(nil, req, res, again)
			added = append(added, headerText(req.Header))
		}
		request(nil, "")
		if statuses[i] > 0 {
			status := fmt.Sprintf("%d %s", statuses[i], http.StatusText(statuses[i]))
			header := http.Header{"Www-Authenticate": {"Basic realm=lab"}, "X-Twice": {"a", "b"}}
			request(&http.Response{Proto: "HTTP/1.1", Status: status, StatusCode: statuses[i], Header: header}, u.String())
		}
	}
	return added
}

func headerText(header http.Header) string {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(header)) {
		fmt.Fprintf(&text, "%s=%q;", strings.ToLower(name), strings.Join(header[name], "|"))
	}
	return text.String()
}
