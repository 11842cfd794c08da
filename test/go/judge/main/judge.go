// Command judge answers what the go command makes of values, by calling the very functions that the go command calls.
// It is built from the sources of the installed Go (see ../judge.ts): one question a line in, one answer a line out.
package main

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os"

	"cmd/go/internal/auth"
	"cmd/go/internal/modfetch"
	"cmd/go/internal/vcs"

	"golang.org/x/mod/module"
)

type question struct {
	Kind  string
	Value string
	Path  string
	// Data is what is read as bytes; List the environment of a proxy, or the URLs that logins are for, with the status of each answer.
	Data     []byte
	List     []string
	Statuses []int
}

type answer struct {
	Error string   `json:"error"`
	List  []string `json:"list"`
	Text  string   `json:"text"`
	Match bool     `json:"match"`
}

func main() {
	in := json.NewDecoder(bufio.NewReader(os.Stdin))
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	for in.More() {
		var q question
		if err := in.Decode(&q); err != nil {
			panic(err)
		}
		encoder.Encode(judge(q))
	}
}

func judge(q question) (a answer) {
	var err error
	switch q.Kind {
	case "goproxy":
		a.List, err = modfetch.JudgeProxyList(q.Value)
	case "gosumdb":
		a.List, err = modfetch.JudgeDial(q.Value)
	case "govcs":
		a.List, err = vcs.JudgeGOVCS(q.Value, q.Path)
	case "pattern":
		a.Match = module.MatchPrefixPatterns(q.Value, q.Path)
	case "path":
		err = module.CheckPath(q.Path)
		if err == nil {
			a.Text, err = module.EscapePath(q.Path)
		}
	case "proxy":
		a.List, err = http.JudgeProxy(q.List, q.Path)
	case "netrc":
		a.List = auth.JudgeNetrc(q.Data)
	case "quoted":
		a.List, err = auth.JudgeQuoted(q.Value)
	case "command":
		a.List, err = auth.JudgeCommand(q.Value)
	case "git":
		a.List = auth.JudgeGit(q.Data)
	case "logins":
		a.List = auth.JudgeLogins(q.Value, q.Data, q.List, q.Statuses)
	case "version":
		a.Text, err = module.EscapeVersion(q.Value)
	default:
		panic("unknown kind " + q.Kind)
	}
	if err != nil {
		a.Error = err.Error()
	}
	return a
}
