import { describe, expect, it } from 'vitest';
import { type Cause, causes } from '../../src/causes.ts';
import { explanationOf } from '../../src/explain/explain.ts';
import type { Machine } from '../../src/explain/machine.ts';
import en from '../../src/messages/en/explain.ts';
import { examples } from './examples.ts';
import { elsewhere, machineWith } from './machine.ts';
import { verdictOf } from './verdict.ts';

const plain = machineWith({ GOPROXY: 'https://goproxy.cn,direct', GOSUMDB: 'sum.golang.org' });
const commandsOf = async (output: string, on: Machine): Promise<string[]> =>
  explanationOf(await verdictOf(output), on).fixes.map(fix => fix.command);

const privateLookup =
  'go: github.com/corp/lib@v0.1.0: verifying module: github.com/corp/lib@v0.1.0: reading https://sum.golang.org/lookup/github.com/corp/lib@v0.1.0: 404 Not Found\n';

describe('the fix', () => {
  it('is there for every cause but one, with a reason in the messages, on every platform and without settings', async () => {
    const seen = new Set<Cause>();
    for (const { output } of examples) {
      for (const on of [
        plain,
        { ...plain, platform: 'win32' as const },
        { ...elsewhere, platform: 'darwin' as const },
      ]) {
        const { cause, fixes } = explanationOf(await verdictOf(output), on);
        seen.add(cause!);
        if (cause !== 'not-a-pull-problem') expect({ output, fixes: fixes.length }).not.toEqual({ output, fixes: 0 });
        for (const fix of fixes) {
          expect(Object.keys(en)).toContain(`explain.why.${fix.code}`);
          expect(fix.command).not.toMatch(/undefined|null|\{\w+\}/);
        }
      }
    }
    expect([...seen].sort()).toEqual([...causes].sort());
  });

  it('never weakens what go verifies', async () => {
    for (const { output } of examples) {
      for (const command of await commandsOf(output, plain)) {
        expect(command).not.toMatch(
          /GOSUMDB=off|GONOSUMDB=\*|GONOSUMCHECK|GOFLAGS=-insecure|sslVerify|rm .*go\.sum|clean -modcache/,
        );
      }
    }
  });

  it('makes a private module private by its organisation, unless it is already', async () => {
    expect(await commandsOf(privateLookup, plain)).toContain('go-mirror private add github.com/corp');
    const known = machineWith({ GOPRIVATE: 'github.com/corp' });
    expect((await commandsOf(privateLookup, known)).join()).not.toContain('private add');
  });

  it('takes a value away from where it is set', async () => {
    const malformed = 'go: rsc.io/quote@v1.5.2: verifying go.mod: invalid GOSUMDB: malformed verifier id\n';
    expect(await commandsOf(malformed, machineWith({ GOSUMDB: 'on' }))).toEqual(['go env -u GOSUMDB']);
    expect(await commandsOf(malformed, machineWith({}, { GOSUMDB: 'on' }))).toEqual(['unset GOSUMDB']);
    const off = 'go: rsc.io/quote@v1.5.2: module lookup disabled by GOPROXY=off\n';
    expect(await commandsOf(off, machineWith({}, { GOPROXY: 'off' }))).toEqual([
      'unset GOPROXY',
      'go-mirror use goproxy.cn',
    ]);
  });

  it('repeats what go itself suggests, and the path that a module declares', async () => {
    const missing =
      'main.go:3:8: no required module provides package rsc.io/quote; to add it:\n\tgo get rsc.io/quote\n';
    expect((await commandsOf(missing, plain))[0]).toBe('go get rsc.io/quote');
    const moved =
      'go: a.example.com/lib@v1.0.0: parsing go.mod:\n\tmodule declares its path as: b.example.com/lib\n\t        but was required as: a.example.com/lib\n';
    expect(await commandsOf(moved, plain)).toEqual(['go get b.example.com/lib']);
    expect(await commandsOf('go: malformed module path "https:/github.com/a/b": invalid char \':\'\n', plain)).toEqual([
      'go get github.com/a/b',
    ]);
  });

  it('shows the route of the module on this machine', async () => {
    const { route } = explanationOf(await verdictOf(privateLookup), plain);
    expect(route?.steps.map(step => step.url ?? step.kind)).toEqual(['https://goproxy.cn', 'direct']);
    expect(explanationOf(await verdictOf(privateLookup), { ...plain, settings: null }).route).toBeNull();
  });
});

/** A line of one of these products, as go prints it. */
const refused = (url: string, status: string, body = ''): string =>
  `go: github.com/bad/pkg@v1.0.0: reading ${url}: ${status}\n${body === '' ? '' : `\tserver response: ${body}\n`}`;
const artifactory = 'https://acme.jfrog.io/artifactory/api/go/go-virtual/github.com/bad/pkg/@v/v1.0.0.zip';
const china = machineWith({ GOPROXY: 'https://goproxy.cn,direct', GOSUMDB: 'sum.golang.org' });
const company = machineWith({ GOPROXY: 'https://acme.jfrog.io/artifactory/api/go/go-virtual' });

/** What leads to another place, or away from what verifies a module. */
const around =
  /use (?:--fastest|goproxy)|GOPROXY=|\bdirect\b|private add|GOPRIVATE|GONOSUMDB|GONOSUMCHECK|GOSUMDB=|GOINSECURE|go-mirror pull/;

describe('an answer is not got round', () => {
  it.each([
    ['malware', refused(artifactory, '403 Forbidden', 'Package blocked by JFrog Curation policy "malicious"')],
    ['policy', refused(artifactory, '403 Forbidden', 'Artifact blocked by curation policy: licence not approved')],
    [
      'policy',
      refused(
        'https://nexus.corp.example.com/repository/go/github.com/bad/pkg/@v/v1.0.0.zip',
        '403 REQUESTED ITEM IS QUARANTINED',
      ),
    ],
    ['malware', refused('https://goproxy.cn/github.com/bad/pkg/@v/v1.0.0.zip', '403 Forbidden', 'module is malicious')],
    [
      null,
      'verifying github.com/bad/pkg@v1.0.0: checksum mismatch\n\tdownloaded: h1:aaa=\n\tgo.sum:     h1:bbb=\n\nSECURITY ERROR\n',
    ],
    [
      null,
      'go: github.com/bad/pkg@v1.0.0: verifying module: checksum mismatch\n\tdownloaded: h1:aaa=\n\tsum.golang.org: h1:bbb=\n\nSECURITY ERROR\n',
    ],
  ])('%s: %s', async (reason, output) => {
    for (const on of [china, company, elsewhere, { ...china, platform: 'win32' as const }]) {
      const explanation = explanationOf(await verdictOf(output), on);
      expect(explanation.reason).toBe(reason);
      expect(explanation.fixes.length).toBeGreaterThan(0);
      for (const { command } of explanation.fixes) expect(command).not.toMatch(around);
    }
  });
});

describe('a block anywhere in a log', () => {
  const reset = 'go: github.com/b/b@v1.0.0: Get "https://goproxy.cn/github.com/b/b/@v/v1.0.0.zip": EOF\n';
  const cn = 'https://goproxy.cn/github.com/bad/pkg/@v/v1.0.0.zip';
  it.each([
    ['another module', reset + refused(cn, '403 Forbidden', 'this module is malicious')],
    ['another module, at a gatekeeper', reset + refused(artifactory, '403 Forbidden')],
    [
      'wrong bits',
      `${reset}verifying github.com/bad/pkg@v1.0.0: checksum mismatch\n\tdownloaded: h1:a=\n\tgo.sum: h1:b=\n`,
    ],
    ['under another status', refused(cn, '400 Bad Request', 'version rejected by policy')],
    ['said with 404', refused(cn, '404 Not Found', 'blocked by curation policy')],
    ['said with 503', refused(cn, '503 Service Unavailable', 'malware detected by content inspection')],
    [
      'of a toolchain',
      'go: download go1.26.0 for linux/amd64: golang.org/toolchain@v0.0.1-go1.26.0.linux-amd64: reading https://goproxy.cn/golang.org/toolchain/@v/v0.0.1-go1.26.0.linux-amd64.zip: 403 Forbidden\n\tserver response: blocked by policy\n',
    ],
    [
      'of a record',
      'go: github.com/a/b@v1.0.0: verifying module: github.com/a/b@v1.0.0: reading https://goproxy.cn/sumdb/sum.golang.org/lookup/github.com/a/b@v1.0.0: 403 Forbidden\n\tserver response: blocked by policy\n',
    ],
    [
      'of a record, by a company',
      'go: github.com/a/b@v1.0.0: verifying module: github.com/a/b@v1.0.0: reading https://goproxy.cn/sumdb/sum.golang.org/lookup/github.com/a/b@v1.0.0: 403 Forbidden\n\tserver response: blocked by company policy\n',
    ],
    ['a gatekeeper in GOPROXY', `GOPROXY='https://goproxy.cn,https://nexus.acme.example/go'\n${reset}`],
  ])('lets no fix lead elsewhere: %s', async (_, output) => {
    const { fixes } = explanationOf(await verdictOf(output), elsewhere);
    expect(fixes.length).toBeGreaterThan(0);
    for (const { command, code } of fixes) if (code !== 'pull-guarded') expect(command).not.toMatch(around);
  });

  it('is not seen in the name of a module', async () => {
    const output = refused('https://goproxy.cn/github.com/acme/malware-policy/@v/v1.0.0.zip', '502 Bad Gateway');
    expect(await commandsOf(output, elsewhere)).toContain('go-mirror use --fastest');
  });
});

describe('a gatekeeper is not replaced', () => {
  const base = 'https://athens.corp.example.com';
  it.each([
    `go: github.com/a/b@v1.0.0: Get "${base}/github.com/a/b/@v/v1.0.0.mod": dial tcp: lookup athens.corp.example.com: no such host\n`,
    `go: github.com/a/b@v1.0.0: Get "${base}/github.com/a/b/@v/v1.0.0.mod": dial tcp 10.0.0.9:443: i/o timeout\n`,
    `go: github.com/a/b@v1.0.0: reading ${base}/github.com/a/b/@v/v1.0.0.mod: 502 Bad Gateway\n`,
    `go: github.com/a/b@v1.0.0: reading ${base}/github.com/a/b/@v/v1.0.0.mod: 401 Unauthorized\n`,
    `go: github.com/a/b@v1.0.0: reading ${base}/github.com/a/b/@v/v1.0.0.mod: 404 Not Found\n`,
    `go: github.com/a/b@v1.0.0: reading ${base}/github.com/a/b/@v/v1.0.0.zip: 429 Too Many Requests\n`,
    `go: github.com/a/b@v1.0.0: Get "${base}/github.com/a/b/@v/v1.0.0.mod": x509: certificate signed by unknown authority\n`,
    `go: github.com/a/b@v1.0.0: invalid response from proxy "${base}": invalid character '<' looking for beginning of value\n`,
  ])('%s', async output => {
    for (const on of [china, machineWith({ GOPROXY: base }), elsewhere]) {
      const { fixes } = explanationOf(await verdictOf(output), on);
      expect(fixes.length).toBeGreaterThan(0);
      for (const { command } of fixes) expect(command).not.toMatch(/use (?:--fastest|goproxy)|private add|GOPROXY=/);
    }
  });

  it('keeps a name of its own from the checksum database alone', async () => {
    const output =
      'go: git.acme.example/team/lib@v1.0.0: verifying module: git.acme.example/team/lib@v1.0.0: reading https://sum.golang.org/lookup/git.acme.example/team/lib@v1.0.0: 404 Not Found\n';
    expect((await commandsOf(output, machineWith({ GOPROXY: base })))[0]).toBe('go env -w GONOSUMDB=git.acme.example');
    expect((await commandsOf(output, china))[0]).toBe('go-mirror private add git.acme.example');
  });
});

describe('what helps', () => {
  it.each<[string, string, Machine, RegExp, RegExp | null]>([
    [
      'the database knows no such module: the module is what is private',
      'reading https://sum.golang.org/lookup/git.acme.example/team/lib@v1.0.0: 410 Gone\n',
      china,
      /^go-mirror private add git\.acme\.example$/,
      /private add (?:sum\.)?golang/,
    ],
    [
      'a private host asks for a login',
      'go: gitlab.corp.example/a/b@v1.2.0: unrecognized import path "gitlab.corp.example/a/b": reading https://gitlab.corp.example/a/b?go-get=1: 401 Unauthorized\n',
      china,
      /netrc/,
      /use (?:goproxy|--fastest)/,
    ],
    [
      'no login for a host that all share',
      "go: github.com/acme/secret@v1.0.0: invalid version: git ls-remote -q origin in /x: exit status 128:\n\tfatal: could not read Username for 'https://github.com': terminal prompts disabled\n",
      china,
      /^git ls-remote https:\/\/github\.com\/acme\/secret$/,
      /xxxxx/,
    ],
    [
      'this Go is too old, and may fetch no other',
      'go: github.com/acme/cli@latest: github.com/acme/cli@v2.0.0 requires go >= 1.25.0 (running go 1.24.4; GOTOOLCHAIN=local)\n',
      china,
      /GOTOOLCHAIN/,
      /GOTOOLCHAIN=local/,
    ],
    [
      'in an image a newer one',
      '#12 1.234 go: github.com/acme/cli@latest: github.com/acme/cli@v2.0.0 requires go >= 1.25.0 (running go 1.24.4; GOTOOLCHAIN=local)\n',
      china,
      /^ENV GOTOOLCHAIN=auto$/,
      /GOTOOLCHAIN=local|go env/,
    ],
    [
      'the mirror is set in the Dockerfile',
      '#12 1.234 go: github.com/a/b@v1.0.0: Get "https://goproxy.io/github.com/a/b/@v/v1.0.0.mod": dial tcp 198.51.100.7:443: i/o timeout\n',
      elsewhere,
      /^ENV GOPROXY=https:\/\/goproxy\.cn,direct$/,
      /go-mirror use/,
    ],
    [
      'in the workflow',
      '2026-03-01T10:00:00.1234567Z go: github.com/a/b@v1.0.0: Get "https://goproxy.io/github.com/a/b/@v/v1.0.0.mod": dial tcp 198.51.100.7:443: i/o timeout\n',
      elsewhere,
      /^env: \{ GOPROXY: "https:\/\/goproxy\.cn,direct" \}$/,
      /go-mirror use/,
    ],
    [
      'in a formula',
      '==> go build -o=oh-my-posh\ngo: github.com/a/b@v1.0.0: Get "https://goproxy.io/github.com/a/b/@v/v1.0.0.mod": dial tcp 198.51.100.7:443: i/o timeout\n',
      elsewhere,
      /^ENV\["GOPROXY"\] = "https:\/\/goproxy\.cn,direct"$/,
      /go-mirror use/,
    ],
    [
      'for Hugo',
      'hugo: downloading modules …\ngo: github.com/a/theme@v1.0.0: Get "https://goproxy.io/github.com/a/theme/@v/v1.0.0.mod": dial tcp 198.51.100.7:443: i/o timeout\n',
      elsewhere,
      /^HUGO_MODULE_PROXY=https:\/\/goproxy\.cn,direct hugo$/,
      /go-mirror use/,
    ],
    [
      'a disk that Docker fills',
      '#9 12.3 go: github.com/a/b@v1.0.0: write /go/pkg/mod/cache/download/x.zip: no space left on device\n',
      elsewhere,
      /^docker builder prune$/,
      null,
    ],
    [
      'a command is installed, not got',
      "go: go.mod file not found in current directory or any parent directory.\n\t'go get' is no longer supported outside a module.\n\tTo build and install a command, use 'go install' with a version,\n\tlike 'go install example.com/cmd@latest'\n",
      elsewhere,
      /^go install \S+@latest$/,
      null,
    ],
    [
      'a package in two modules',
      'main.go:5:2: ambiguous import: found package google.golang.org/genproto/googleapis/rpc/status in multiple modules:\n\tgoogle.golang.org/genproto v0.0.0-20200825200019-8632dd797987 (/go/pkg/mod/a)\n\tgoogle.golang.org/genproto/googleapis/rpc v0.0.0-20230711160842-782d3b101e98 (/go/pkg/mod/b)\n',
      elsewhere,
      /^go get google\.golang\.org\/genproto@latest$/,
      null,
    ],
    [
      'git trusts what the company signs',
      "go: github.com/a/b@v1.0.0: git ls-remote -q origin in /x: exit status 128:\n\tfatal: unable to access 'https://github.com/a/b/': SSL certificate problem: unable to get local issuer certificate\n",
      elsewhere,
      /^git config --global http\."https:\/\/github\.com\/"\.sslCAInfo /,
      /sslVerify/,
    ],
  ])('%s', async (_, output, on, wanted, unwanted) => {
    const commands = await commandsOf(output, on);
    expect(
      commands.some(command => wanted.test(command)),
      commands.join('\n'),
    ).toBe(true);
    if (unwanted) for (const command of commands) expect(command).not.toMatch(unwanted);
  });
});

const git = (url: string, ...said: string[]): string =>
  `go: ${url}@v1.0.0: invalid version: git ls-remote -q origin in /x: exit status 128:\n${said.map(line => `\t${line}\n`).join('')}`;

describe('what a repository asks for', () => {
  it.each<[string, string, RegExp, RegExp | null]>([
    [
      'single sign-on: no other login helps',
      git(
        'github.com/acme/lib',
        "remote: The 'acme' organization has enabled or enforced SAML SSO.",
        "fatal: unable to access 'https://user:pass@github.com/acme/lib/': The requested URL returned error: 403",
      ),
      /^git ls-remote https:\/\/github\.com\/acme\/lib$/,
      /netrc|insteadOf|user:/,
    ],
    [
      'an address on its list',
      git(
        'github.com/acme/lib',
        'remote: the `acme` organization has an IP allow list enabled, and your IP address is not permitted',
        "fatal: unable to access 'https://github.com/acme/lib/': The requested URL returned error: 403",
      ),
      /^git ls-remote/,
      /netrc|insteadOf/,
    ],
    [
      'a captcha',
      git('git.acme.example/a/lib.git', 'fatal: remote error: CAPTCHA required'),
      /^git ls-remote https:\/\/git\.acme\.example\/a\/lib\.git$/,
      /netrc/,
    ],
    [
      'a key that changed: somebody may listen',
      git(
        'git.acme.example/a/lib.git',
        'Host key for git.acme.example has changed and you have requested strict checking.',
        'Host key verification failed.',
      ),
      /^ssh-keygen -F git\.acme\.example$/,
      /keyscan|StrictHostKeyChecking|keygen -R/,
    ],
    [
      'a host that ssh does not know',
      git(
        'git.acme.example/a/lib.git',
        'No ED25519 host key is known for git.acme.example and you have requested strict checking.',
        'Host key verification failed.',
      ),
      /^ssh-keyscan git\.acme\.example >> /,
      /StrictHostKeyChecking/,
    ],
    [
      'a key that others may read',
      git(
        'git.acme.example/a/lib.git',
        "Permissions 0644 for '/root/.ssh/id_rsa' are too open.",
        'Load key "/root/.ssh/id_rsa": bad permissions',
        'git@git.acme.example: Permission denied (publickey).',
      ),
      /^chmod 600 \/root\/\.ssh\/id_rsa$/,
      null,
    ],
    [
      'a repository of Azure DevOps by its whole path',
      git(
        'dev.azure.com/acme/plat/_git/lib.git',
        'remote: TF401019: The Git repository with name or identifier lib does not exist',
      ),
      /^git ls-remote https:\/\/dev\.azure\.com\/acme\/plat\/_git\/lib/,
      null,
    ],
    [
      'Azure DevOps, whose ssh address has another form',
      git('dev.azure.com/acme/plat/_git/lib.git', "fatal: Authentication failed for 'https://dev.azure.com/acme/'"),
      /netrc/,
      /insteadOf/,
    ],
    [
      'svn, which has no use for what git needs',
      'go: svn.acme.example/x@v0.0.0: svn info https://svn.acme.example/x: exit status 1:\n\tsvn: E170013: Unable to connect to a repository\n\tsvn: E215004: Authentication failed\n',
      /^svn info https:\/\/svn\.acme\.example\/x$/,
      /netrc|insteadOf/,
    ],
    [
      'Bitbucket, whose API go asks',
      'go: bitbucket.org/acme/log@v2.0.0: reading https://api.bitbucket.org/2.0/repositories/acme/log?fields=scm: 403 Forbidden\n\tserver response: Access denied.\n',
      /ssh:\/\/git@bitbucket\.org\//,
      /git@api/,
    ],
    [
      'a module that is private, behind a public mirror',
      "go: github.com/acme/pay@v0.1.0: reading https://goproxy.cn/github.com/acme/pay/@v/v0.1.0.mod: 404 Not Found\n\tserver response:\n\tnot found: github.com/acme/pay@v0.1.0: invalid version: git ls-remote -q origin in /x: exit status 128:\n\t\tfatal: could not read Username for 'https://github.com': terminal prompts disabled\n",
      /^git ls-remote https:\/\/github\.com\/acme\/pay$/,
      /use |GOPROXY|private add/,
    ],
    [
      'a page of one’s own that talks http',
      'go: module git.intra/x/y: unrecognized import path "git.intra/x/y": https fetch: Get "https://git.intra/x/y?go-get=1": http: server gave HTTP response to HTTPS client\n',
      /^go-mirror probe/,
      /use |pull/,
    ],
    [
      'a toolchain that a gatekeeper refuses',
      'go: download go1.26.0 for linux/amd64: golang.org/toolchain@v0.0.1-go1.26.0.linux-amd64: reading https://nexus.acme.example/repository/go/golang.org/toolchain/@v/v0.0.1-go1.26.0.linux-amd64.zip: 403 Forbidden\n\tserver response: blocked by policy\n',
      /^go-mirror doctor$/,
      /use |pull/,
    ],
    [
      'a toolchain whose bits are wrong',
      'go: download go1.26.0 for linux/amd64: golang.org/toolchain@v0.0.1-go1.26.0.linux-amd64: verifying module: checksum mismatch\n\tdownloaded: h1:a=\n\tsum.golang.org: h1:b=\n',
      /^go-mirror doctor/,
      /go get|use |pull/,
    ],
    [
      'a cache on what cannot be written',
      'go: writing go.mod cache: mkdir /go/pkg/mod/cache/download/github.com/a: read-only file system\n',
      /GOMODCACHE=/,
      /chown/,
    ],
    [
      'a host of one’s own in the place of a public one',
      'go: github.com/a/b@v1.0.0: git ls-remote -q origin: exit status 128:\n\tssh: connect to host git.acme.example port 22: Network is unreachable\n\tfatal: Could not read from remote repository.\n',
      /^go-mirror probe/,
      /use |pull/,
    ],
    ['no go in a shell of Windows', "'go' 不是内部或外部命令，也不是可运行的程序\n", /^winget /, /apt|apk/],
    [
      'a malformed GOPROXY that names a host of one’s own',
      'go: github.com/a/b@v1.0.0: invalid proxy URL missing scheme: goproxy\n',
      /^go-mirror current$/,
      /use /,
    ],
    [
      'a malformed GOPROXY that names a public mirror',
      'go: github.com/a/b@v1.0.0: parse "https://goproxy.cn direct": invalid character " " in host name\n',
      /^go-mirror use goproxy\.cn$/,
      null,
    ],
    [
      'ssh that is closed, to a public host',
      git('github.com/acme/lib', 'ssh: connect to host github.com port 22: Connection timed out'),
      /^git config --global url\."https:\/\/github\.com\/"\.insteadOf "ssh:/,
      null,
    ],
    [
      'ssh that is closed, to one’s own: no mirror has it',
      git('git.acme.example/a/lib.git', 'ssh: connect to host git.acme.example port 22: Connection timed out'),
      /^ssh -vT git@git\.acme\.example$/,
      /go-mirror pull|use /,
    ],
    [
      'a page behind a log-in',
      'go: gitea.acme.example/a/b@v0.1.0: unrecognized import path "gitea.acme.example/a/b": parse https://gitea.acme.example/user/login?go-get=1: no go-import meta tags ()\n',
      /netrc/,
      null,
    ],
  ])('%s', async (_, output, wanted, unwanted) => {
    const commands = await commandsOf(output, elsewhere);
    expect(commands.filter(command => wanted.test(command))).not.toEqual([]);
    if (unwanted) for (const command of commands) expect(command).not.toMatch(unwanted);
  });
});

describe('what stands at the right place', () => {
  const sumdbAt = (base: string): string =>
    `go: github.com/a/b@v1.0.0: verifying go.mod: github.com/a/b@v1.0.0/go.mod: reading ${base}/lookup/github.com/a/b@v1.0.0: 502 Bad Gateway\n`;
  it.each<[string, string, Machine, RegExp, RegExp | null]>([
    [
      'a gatekeeper that passes the database on is not got round',
      sumdbAt('https://nexus.acme.example/repository/go/sumdb/sum.golang.org'),
      elsewhere,
      /^go-mirror probe https:\/\/nexus\.acme\.example/,
      /use |GOSUMDB|GONOSUM/,
    ],
    [
      'the database itself may be asked elsewhere',
      sumdbAt('https://sum.golang.org'),
      elsewhere,
      /GOSUMDB=sum\.golang\.google\.cn/,
      null,
    ],
    [
      'a proxy that asks for a login gets one',
      'go: github.com/a/b@v1.0.0: Get "https://goproxy.cn/github.com/a/b/@v/v1.0.0.mod": Proxy Authentication Required\n',
      elsewhere,
      /^export HTTPS_PROXY=http:\/\/LOGIN@PROXY:PORT$/,
      /unset/,
    ],
    [
      'and keeps it out of an image',
      '#9 1.2 go: github.com/a/b@v1.0.0: Get "https://goproxy.cn/github.com/a/b/@v/v1.0.0.mod": Proxy Authentication Required\n',
      elsewhere,
      /^docker build --build-arg HTTPS_PROXY=/,
      /^ENV/,
    ],
    [
      'the build cache is not the modules’',
      'failed to initialize build cache at /.cache/go-build: mkdir /.cache: permission denied\n',
      elsewhere,
      /^export GOCACHE=/,
      /GOMODCACHE/,
    ],
    [
      'an address where no proxy lives is corrected where it is set',
      'go: github.com/a/b@v1.0.0: reading https://nexus.acme.example/github.com/a/b/@v/v1.0.0.mod: 404 Not Found\n\tserver response: No such path: did you mean /repository/<name>/ ?\n',
      elsewhere,
      /^go-mirror current$/,
      /use /,
    ],
    [
      'a broken list in a Dockerfile is repaired there',
      '#9 1.2 go: github.com/a/b@v1.0.0: invalid proxy URL missing scheme: localhost\n',
      elsewhere,
      /^go-mirror scan --fix$/,
      null,
    ],
    [
      'a broken list is repaired whole',
      'go: github.com/a/b@v1.0.0: parse "https://goproxy.cn，direct": invalid character " " in host name\n',
      machineWith({ GOPROXY: 'https://athens.acme.example,https://goproxy.cn，direct' }),
      /^go env -w "GOPROXY=https:\/\/athens\.acme\.example,https:\/\/goproxy\.cn,direct"$/,
      null,
    ],
    [
      'a Go that does not know a line of go.mod',
      'go: errors parsing go.mod:\n/srv/app/go.mod:5: unknown directive: toolchain\n/srv/app/go.mod:7: unknown directive: tool\n',
      elsewhere,
      /go1\.24\.0/,
      null,
    ],
  ])('%s', async (_, output, on, wanted, unwanted) => {
    const commands = await commandsOf(output, on);
    expect(commands.filter(command => wanted.test(command))).not.toEqual([]);
    if (unwanted) for (const command of commands) expect(command).not.toMatch(unwanted);
  });
});

describe('what is certain', () => {
  it('is nothing without a sign of Go', async () => {
    const bare =
      'Get "https://goproxy.example/x": dial tcp: lookup goproxy.example on 10.0.0.1:53: no such host\n'.replace(
        /goproxy/g,
        'mirror',
      );
    expect(await verdictOf(bare)).toMatchObject({ confidence: 'low' });
    expect(await verdictOf(`go build ./...\n${bare}`)).not.toMatchObject({ confidence: 'low' });
  });

  it('is the last attempt', async () => {
    const failed = (words: string): string =>
      `go: github.com/a/b@v1.0.0: Get "https://goproxy.cn/github.com/a/b/@v/v1.0.0.mod": ${words}\n`;
    const log = `${failed('net/http: TLS handshake timeout')}retrying in 5s\n${failed('dial tcp: lookup goproxy.cn: no such host')}`;
    expect(await verdictOf(log)).toMatchObject({ cause: 'dns-failure', lineNumber: 3 });
    expect(await verdictOf(`${failed('net/http: TLS handshake timeout')}retrying in 5s\n`)).toMatchObject({
      cause: 'tls-handshake-timeout',
    });
  });
});
