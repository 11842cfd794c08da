package vcs

import "golang.org/x/mod/module"

// JudgeGOVCS gives the tools that GOVCS allows for a path, of those that the go command knows. GOPRIVATE is "private.example.com".
func JudgeGOVCS(govcs, path string) ([]string, error) {
	rules, err := parseGOVCS(govcs)
	if err != nil {
		return nil, err
	}
	rules = append(rules, defaultGOVCS...)
	private := module.MatchPrefixPatterns("private.example.com", path)
	var allowed []string
	for _, tool := range []string{"git", "hg", "svn", "bzr", "fossil"} {
		if rules.allow(path, private, tool) {
			allowed = append(allowed, tool)
		}
	}
	return allowed, nil
}
