export default {
  'explain.cause.dns-failure':
    'The host name could not be resolved, or the DNS server itself did not answer. Go never reached the mirror.',
  'explain.fix.dns-failure':
    'Check the DNS server that is named (in a container: the one Docker passes on), or set a mirror whose name resolves here.',
  'explain.cause.connect-timeout':
    'The connection to the mirror or the origin timed out: packets leave, nothing comes back. A firewall, a blocked address, or a server that is down.',
  'explain.fix.connect-timeout':
    'Set a mirror that answers from here. Inside a company: check the VPN and the HTTP proxy.',
  'explain.cause.connection-refused':
    'The target refused the TCP connection: nothing listens on that address and port, or a firewall rejects it.',
  'explain.fix.connection-refused': 'Check address and port of the mirror, whether it runs, or set another one.',
  'explain.cause.connection-reset':
    'The connection was cut before a complete response arrived. Often a gateway between here and the mirror, or an overloaded mirror.',
  'explain.fix.connection-reset':
    'Try again; if it stays, set another mirror, or pull through several at once with go-mirror pull.',
  'explain.cause.network-unreachable':
    'There is no route to the address, or no usable local address. Often IPv6 is announced but does not work, or DNS gave a bogus address.',
  'explain.fix.network-unreachable':
    'Repair or switch off IPv6 on this machine or in the container, or check what DNS answers.',
  'explain.cause.tls-unknown-authority':
    'The certificate is signed by an authority that this machine does not trust: a company gateway that opens TLS, or a missing CA bundle.',
  'explain.fix.tls-unknown-authority':
    'Install the CA certificates (in slim containers: the package ca-certificates), or add the company’s CA with SSL_CERT_FILE. Do not switch verification off.',
  'explain.cause.tls-other':
    'The certificate does not fit: expired, for another name, or without the IP address; or the TLS versions do not match.',
  'explain.fix.tls-other':
    'Check the clock of this machine and who answers; if the mirror’s certificate is at fault, set another mirror.',
  'explain.cause.tls-handshake-timeout':
    'TCP connected, but the TLS handshake did not finish. Typical of interference on the way, or of a proxy that accepts and forwards nothing.',
  'explain.fix.tls-handshake-timeout': 'Set a mirror that answers from here, or repair the HTTP proxy.',
  'explain.cause.http-proxy-misconfigured':
    'HTTP_PROXY or HTTPS_PROXY points to a proxy that is wrong, down, or refuses the request. In a container, 127.0.0.1 is the container itself.',
  'explain.fix.http-proxy-misconfigured': 'Correct or unset the variable (and git’s http.proxy), or start the proxy.',
  'explain.cause.mirror-forbidden-403': 'The mirror, its storage, or a gateway in its place answered 401 or 403.',
  'explain.fix.mirror-forbidden-403':
    'A private mirror: put its credentials into ~/.netrc (with the port where it is not 443). A public one: set another.',
  'explain.cause.mirror-rate-limited-429': 'The mirror limits how many requests it takes from this address.',
  'explain.fix.mirror-rate-limited-429': 'Wait a little, or spread the pull over several mirrors with go-mirror pull.',
  'explain.cause.mirror-server-error-5xx':
    'The mirror answered with a server error. A comma in GOPROXY goes on after 404 and 410 only, so the pull ends here.',
  'explain.fix.mirror-server-error-5xx': 'Set another mirror, or a list with | between public mirrors.',
  'explain.cause.mirror-upstream-failure':
    'The mirror or the checksum database could not fetch the module itself: what it answered shows its own network, git or storage failing.',
  'explain.fix.mirror-upstream-failure': 'Try again later, or use another mirror that already has the module.',
  'explain.cause.mirror-not-found-404-410':
    'The mirror has no such module or version: it is incomplete, the module is gone, or it is private and no public mirror can have it.',
  'explain.fix.mirror-not-found-404-410':
    'Private: add it to GOPRIVATE. Public: check the version, and end GOPROXY with ,direct.',
  'explain.cause.captive-or-html-response':
    'Something answers that is no module proxy: a login page, a portal, a plain HTTP server on the TLS port, or a wrong path.',
  'explain.fix.captive-or-html-response':
    'Open the address in a browser to see who answers; correct GOPROXY, or log in to the network.',
  'explain.cause.truncated-download': 'The download broke off, or arrived damaged.',
  'explain.fix.truncated-download':
    'Try again; if it stays, set another mirror. go-mirror pull takes a broken file from another mirror by itself.',
  'explain.cause.checksum-mismatch-gosum':
    'What was downloaded differs from the hash in go.sum: the version was changed at its origin, a mirror serves other bits, or go.sum was edited.',
  'explain.fix.checksum-mismatch-gosum':
    'Find out which side is right before you change go.sum: compare with the checksum database. Never just delete go.sum.',
  'explain.cause.checksum-mismatch-sumdb':
    'What was downloaded differs from the hash in the checksum database: the tag was moved after it was published, or the mirror serves other bits.',
  'explain.fix.checksum-mismatch-sumdb':
    'Somebody changed what was published: ask the author, and use a version that the checksum database agrees with. Do not switch GOSUMDB off.',
  'explain.cause.sumdb-unreachable':
    'The checksum database could not be reached, directly or through the mirror. The module itself may have been downloaded.',
  'explain.fix.sumdb-unreachable':
    'Use a mirror that passes the checksum database on, or sum.golang.google.cn. GOSUMDB=off would take the protection away for all modules.',
  'explain.cause.sumdb-bad-response':
    'The checksum database, or a mirror in its place, answered with data that does not verify; or the local state of it is inconsistent.',
  'explain.fix.sumdb-bad-response':
    'Use a mirror that passes the real checksum database on; GOSUMDB usually needs no URL.',
  'explain.cause.sumdb-private-module':
    'A module that the public checksum database cannot see was looked up there: it is private (or gone), and no pattern of GOPRIVATE matches it.',
  'explain.fix.sumdb-private-module':
    'Add the host or organisation to GOPRIVATE, which keeps its name from public mirrors too.',
  'explain.cause.gosumdb-malformed': 'The value of GOSUMDB is missing or invalid.',
  'explain.fix.gosumdb-malformed': 'Remove the value: Go’s default is right almost everywhere.',
  'explain.cause.goproxy-malformed':
    'The value of GOPROXY is empty or invalid: a missing scheme, a ; or a space as separator, or a wrong word.',
  'explain.fix.goproxy-malformed': 'Set it anew: entries with https://, separated by a comma or |.',
  'explain.cause.goproxy-off': 'GOPROXY=off forbids every download, and the module is not in the module cache.',
  'explain.fix.goproxy-off': 'Set a mirror, or vendor the dependencies if the build is meant to run offline.',
  'explain.cause.env-overridden':
    'A variable of the OS environment hides what go env -w wrote: the value in the file has no effect.',
  'explain.fix.env-overridden': 'Remove the variable from the shell file, the IDE or the container that sets it.',
  'explain.cause.private-auth-missing':
    'The repository asks for credentials or an ssh key, and got none or wrong ones. git cannot ask for a password when go runs it.',
  'explain.fix.private-auth-missing':
    'Give git a token or an ssh key for this host, and keep the module private with GOPRIVATE.',
  'explain.cause.vcs-missing':
    'Go needs this version control program to fetch the module directly, and it is not installed or not in PATH.',
  'explain.fix.vcs-missing': 'Install it, or fetch public modules through a mirror, which needs none.',
  'explain.cause.govcs-disallowed': 'GOVCS does not allow this version control program for this module.',
  'explain.fix.govcs-disallowed': 'Fetch it through a mirror, or allow the program for this one path in GOVCS.',
  'explain.cause.insecure-http':
    'The origin answers over plain http only, or sends https on to http, and Go refuses that.',
  'explain.fix.insecure-http':
    'Fetch it through a mirror; for a host of your own, set up https. GOINSECURE is the last resort, for that host alone.',
  'explain.cause.unrecognized-import-path':
    'The page of the import path has no go-import tag that fits: a wrong path, a dead vanity domain, or a login page.',
  'explain.fix.unrecognized-import-path': 'Check the path; a public module may still be on a mirror.',
  'explain.cause.malformed-module-path':
    'What was asked for is no module path: it has a scheme such as https://, or no dot in its first element.',
  'explain.fix.malformed-module-path':
    'Write it as host/owner/name; packages of the project itself start with the module path of go.mod.',
  'explain.cause.unknown-revision': 'The tag, branch or commit that was asked for does not exist in the repository.',
  'explain.fix.unknown-revision': 'List the versions that exist, and require one of them.',
  'explain.cause.no-matching-version': 'No version of the module matches what was asked for.',
  'explain.fix.no-matching-version': 'List the versions that exist; tags must be of the form v1.2.3.',
  'explain.cause.path-mismatch':
    'The module’s go.mod declares another path than the one required: it has moved, it is a fork, or the major version suffix (/v2) is missing.',
  'explain.fix.path-mismatch': 'Require it under the path it declares; for a fork use a replace line.',
  'explain.cause.package-not-in-module':
    'The module was found but holds no such package, or no required module provides it.',
  'explain.fix.package-not-in-module': 'Check the import path, and let go mod tidy or go get add what is missing.',
  'explain.cause.module-invalid':
    'The module’s content breaks Go’s rules: a malformed file name, names that differ in case only, or over 500 MB.',
  'explain.fix.module-invalid': 'Use another version; only its author can repair this one.',
  'explain.cause.gosum-missing-entry': 'go.sum or go.mod lacks an entry that this command may not add by itself.',
  'explain.fix.gosum-missing-entry': 'Run go mod tidy and commit the result.',
  'explain.cause.vendor-inconsistent': 'The vendor folder does not agree with go.mod, or lacks a package.',
  'explain.fix.vendor-inconsistent': 'Run go mod vendor and commit the result.',
  'explain.cause.toolchain-unavailable':
    'The Go toolchain that is asked for is not available: no such release, not on the mirror, forbidden by GOTOOLCHAIN=local or GOSUMDB=off, or this Go is too old to know of toolchains.',
  'explain.fix.toolchain-unavailable':
    'Install that Go, or name a release that exists in go.mod (go 1.22.0, not go 1.22).',
  'explain.cause.modcache-permission':
    'The module cache, or a folder go needs for it, may not be written or read by this user.',
  'explain.fix.modcache-permission':
    'Give the folder to the user (never run go with sudo), or set GOMODCACHE to one that is yours.',
  'explain.cause.modcache-corrupt': 'Files in the local module cache are damaged or incomplete.',
  'explain.fix.modcache-corrupt': 'Find them with go mod verify; restore only what is damaged.',
  'explain.cause.disk-full': 'There is no space left on this machine.',
  'explain.fix.disk-full': 'Make room: Go’s build cache is the first candidate.',
  'explain.cause.go-not-installed': 'There is no go command in PATH.',
  'explain.fix.go-not-installed': 'Install Go, or add its bin folder to PATH.',
  'explain.cause.gopath-mode':
    'Go runs without modules: GO111MODULE is off, or there is no go.mod here. GOPROXY does not apply then.',
  'explain.fix.gopath-mode':
    'Run it inside a module, name a version (go install PATH@latest), and leave GO111MODULE unset.',
  'explain.cause.not-a-pull-problem':
    'This is not a problem of fetching modules: the build, a test, an image or another tool failed, or this Go is too old for a package of its own library.',
  'explain.fix.not-a-pull-problem':
    'Look at the first error of the build or test itself; mirrors and proxies cannot help here.',
  'explain.why.use-fastest': 'sets the mirror that answers fastest from here',
  'explain.why.use-known': 'fetches public modules through a mirror, and verifies them too',
  'explain.why.pull': 'downloads from several mirrors at once; one that fails cannot stop it',
  'explain.why.pull-guarded': 'takes up again what broke off, and asks no other mirror than go would',
  'explain.why.doctor': 'probes settings and mirrors from here, and names what is at fault',
  'explain.why.doctor-module': 'follows the route of this very module, step by step',
  'explain.why.doctor-fix': 'verifies the module cache and restores only what is damaged',
  'explain.why.probe': 'shows DNS, TCP, TLS and HTTP of this address, and who answers',
  'explain.why.route': 'shows where go fetches and verifies this module, and why',
  'explain.why.private-add': 'keeps {pattern} from public mirrors and the checksum database',
  'explain.why.unset':
    '{name} comes from the OS environment, which go env -w cannot change; remove the line that sets it too',
  'explain.why.work-use': 'adds this module to the workspace; GOWORK=off leaves the workspace aside',
  'explain.why.unset-proxy': 'leaves the HTTP proxy out for this shell, to see whether it is at fault',
  'explain.why.git-proxy': 'git has an HTTP proxy of its own',
  'explain.why.env-unset': 'back to Go’s default for {name}',
  'explain.why.current': 'shows where each value comes from and what it hides',
  'explain.why.verify': 'compares the module cache with go.sum before anything is removed',
  'explain.why.ssh-test': 'shows whether this machine’s ssh key is accepted',
  'explain.why.svn-ask': 'asks for the password that svn cannot ask for when go runs it, and keeps it',
  'explain.why.git-ssh': 'lets git use your ssh key where go asks for https',
  'explain.why.git-ask':
    'decides: it asks for the password that go cannot ask for, or says that there is no such repository',
  'explain.why.install-vcs': 'installs {program}',
  'explain.why.install-go': 'installs Go; or download it from https://golang.google.cn/dl/',
  'explain.why.govcs': 'allows {vcs} for this path alone; the rest stays as Go has it',
  'explain.why.versions': 'lists the versions that exist',
  'explain.why.get-right-path': 'this is the path that the module declares',
  'explain.why.get-plain': 'a module path has no scheme',
  'explain.why.tidy': 'adds what is missing to go.mod and go.sum',
  'explain.why.go-suggests': 'go’s own suggestion in this output',
  'explain.why.get': 'adds the module that provides it',
  'explain.why.vendor': 'writes the vendor folder anew from go.mod',
  'explain.why.toolchain-auto': 'lets go download the toolchain that go.mod asks for',
  'explain.why.go-line': 'names a release that exists',
  'explain.why.chown': 'gives the module cache to you',
  'explain.why.own-cache': 'uses a module cache of your own',
  'explain.why.disk': 'shows which disk is full',
  'explain.why.clean-build': 'frees the build cache, which go makes again by itself',
  'explain.why.init': 'makes this folder a module',
  'explain.why.module-mode': 'module mode is Go’s default',
  'explain.why.ca-package': 'installs the usual CA certificates in a slim container',
  'explain.why.sumdb-cn': 'the same database under an address that is reachable from China',
  'explain.why.insecure': 'last resort: allows plain http for this host alone',
  'explain.why.nosumdb-add': 'keeps {pattern} from the checksum database alone; it still comes from your own proxy',
  'explain.why.netrc': 'gives go and git a login for {host}; the token is read from this file',
  'explain.why.goauth': 'shows the command that go asks for logins',
  'explain.why.git-ca': 'lets git trust your company’s authority for this host alone',
  'explain.why.newer-go': 'installs the Go {version} that is asked for',
  'explain.why.get-newer': 'a version published later ends it, where the author has moved the tag of this one',
  'explain.why.sum-edited': 'the two hashes differ in a few letters: the line was edited; put it back',
  'explain.why.nix-vendor-hash':
    'the build itself has no network: buildGoModule fetches modules beforehand, under this hash; put the one there that Nix then prints',
  'explain.why.yocto-network': 'BitBake gives only do_fetch a network: this opens it to the task that runs go',
  'explain.why.wsl-restart': 'run it in Windows: WSL’s DNS relay starts anew',
  'explain.why.docker-host': 'inside a container localhost is the container itself: this lets the build use the host’s',
  'explain.why.ca-company': 'lets this system trust your company’s authority',
  'explain.why.git-revocation': 'checks certificates for revocation where the list of revoked ones can be reached',
  'explain.why.quote-setting': 'PowerShell makes a list of a value with commas: quote it',
  'explain.why.editor-offline': 'the editor fetches nothing by itself: this brings what is missing',
  'explain.why.clone-install': 'a module with replace directives can be installed only from a clone',
  'explain.why.past-vendor': 'asks the module proxy instead of the vendor folder, this once',
  'explain.why.goflags': 'in a workspace -mod may only be readonly or vendor: takes the flag away',
  'explain.why.workspace-off': 'leaves the workspace out',
  'explain.why.set-yocto': 'a line of the recipe: BitBake hands on none of your variables',
  'explain.why.netrc-ci': 'gives go a login for {host}: the token that GitLab makes for each job',
  'explain.why.get-outer': 'a newer version of the outer module no longer holds this package',
  'explain.why.install-command': 'installs a command; go get adds to a project',
  'explain.why.prune-docker': 'frees the space that Docker’s own build cache takes',
  'explain.why.set-docker':
    'a line of the Dockerfile before the first go command: go env -w on the host does not reach a container',
  'explain.why.set-github-actions':
    'in the workflow’s job or step: go env -w on your machine does not reach the runner',
  'explain.why.set-gitlab-ci': 'in .gitlab-ci.yml: go env -w on your machine does not reach the runner',
  'explain.why.set-jenkins': 'in the Jenkinsfile: go env -w on your machine does not reach the agent',
  'explain.why.set-bazel': 'repository rules see only what Bazel hands on; keep it in .bazelrc',
  'explain.why.set-nix': 'the builder of Nix sees no setting of yours: in the derivation',
  'explain.why.set-homebrew':
    'a line of the formula’s install (brew edit): of your variables Homebrew hands a build only those of HTTP proxies',
  'explain.why.set-hugo': 'Hugo sets GOPROXY itself, from this variable or module.proxy of its configuration',
  'explain.why.git-sso':
    'its organisation asks for single sign-on: authorise the token for it at {host} (Configure SSO), then this answers',
  'explain.why.git-allow-list':
    'its organisation lets listed addresses in only: go through its network or VPN, or have this address listed; then this answers',
  'explain.why.git-captcha':
    'too many wrong logins: log in once at {host} in a browser and correct the stored password; then this answers',
  'explain.why.host-key-changed':
    'shows the key that {host} had: ask whoever runs it whether it was changed, and only then remove it with ssh-keygen -R',
  'explain.why.host-key': 'makes {host} known to ssh; compare the key with the one that it publishes',
  'explain.why.key-mode': 'ssh reads no key that others may read',
  'explain.why.git-https': 'ssh does not get through to {host} from here: https does the same',
  'explain.why.ssh-way':
    'shows how far ssh gets to {host}: its port may be closed, or reachable from the company’s network only',
  'explain.why.proxy-login': 'the HTTP proxy asks for a login: your NAME:PASSWORD there in place of LOGIN',
  'explain.why.scan': 'finds the setting in Dockerfiles, CI files and scripts, and repairs it there',
  'explain.why.own-build-cache': 'uses a build cache that this user may write',
  'explain.why.goproxy-meant': 'the same list as it was meant',
  'explain.reason.credentials': 'There is no login, a wrong or an expired one, or it has too few rights.',
  'explain.reason.malware': 'The module is held for malicious: do not fetch it elsewhere.',
  'explain.reason.policy': 'A rule of your organisation blocks it: whoever runs this server can tell and approve.',
  'explain.reason.region': 'It is not served to your country, address or network.',
  'explain.reason.web-filter': 'A gateway or a portal answered in the mirror’s place.',
  'explain.reason.link-expired': 'The storage behind the mirror refuses a stale signed address: ask again.',
  'explain.reason.rate': 'Too many requests came from this address: wait.',
  'explain.reason.client': 'The server refuses this program or protocol, or asks for a browser’s challenge.',
  'explain.reason.private': 'The name is one that no public server can see.',
  'explain.reason.never-existed': 'There is no such module, version or spelling.',
  'explain.reason.not-yet': 'It exists, and the mirror does not have it yet.',
  'explain.reason.disabled': 'The mirror is offline or filtered, and fetches nothing.',
  'explain.reason.wrong-address': 'No module proxy lives at this path.',
  'explain.reason.withdrawn': 'It was there, and was removed.',
  'explain.reason.origin': 'The repository’s own server failed.',
  'explain.reason.origin-login': 'The mirror has no access to the repository.',
  'explain.reason.storage': 'The mirror’s own disk or storage failed.',
  'explain.reason.timeout': 'The mirror gave up waiting for the repository.',
  'explain.reason.zip': 'The module’s content can’t be made into a zip.',
  'explain.fix.answer':
    'This is an answer, not a fault of the way: fetch it nowhere else. Ask whoever runs this server, or its author.',
  'explain.fix.guarded':
    'Your organisation’s own proxy decides here: put it right there (log-in, address, network), or ask whoever runs it.',
  'explain.nothing': 'No known cause of a failed pull was found in this text.',
  'explain.nothing.hint':
    'go-mirror doctor checks settings and mirrors from here; go-mirror explain -- COMMAND runs the command and looks at all of its output',
  'explain.succeeded': 'The command succeeded; there is nothing to explain.',
  'explain.line': 'line {number}',
  'explain.or': 'The text alone cannot tell this from {causes}. What decides: {command}',
  'explain.probed.answers': 'From here, now, {url} answers (HTTP {status}).',
  'explain.probed.fails': 'From here, now, {url} fails: {cause}. {detail}',
  'explain.route': 'On this machine go asks for {module}: {steps}',
  'explain.list.fix': 'Fix: {fix}',
  'explain.error.no-file': 'cannot read {file}: {reason}',
  'explain.error.no-file.hint': 'give a file that exists, or pipe the output: go mod download 2>&1 | go-mirror explain',
  'explain.error.no-input': 'nothing to explain: no file, no command, and standard input is the terminal',
  'explain.error.no-input.hint': 'go mod download 2>&1 | go-mirror explain   or   go-mirror explain -- go mod download',
  'explain.error.both': 'give either a file or a command after --, not both',
  'explain.error.no-command': 'there is no command after --',
  'explain.error.cannot-start': 'cannot start {command}: {reason}',
} as const;
