export default {
  'doctor.verdict.pass': 'Pulls work from here: {mirrors} serves what go asks for.',
  'doctor.verdict.pass-project': 'Pulls work from here: nothing stands between this project and its {modules} modules.',
  'doctor.verdict.warn': 'Pulls work from here, but: {sentence}',
  'doctor.verdict.open': 'Nothing is wrong as far as the time reached: {sentence}',
  'doctor.verdict.fail': 'Pulls fail: {sentence}',
  'doctor.more': '{count} more with -v',
  'doctor.page': 'a page for a ticket: --report doctor.html',
  'doctor.pull.progress': 'go mod download into a temporary module cache: {megabytes} MB',
  'doctor.report-written': 'The report is in {file}',

  'doctor.fix.none': 'Nothing that go-mirror may change would help.',
  'doctor.fix.by-hand':
    'go-mirror changes nothing here by itself: the commands that stand with the findings are for you to run.',
  'doctor.fix.set-at': '{variable} is set in the environment ({value}), likely by {place}',
  'doctor.fix.plan': 'The fix:',
  'doctor.fix.proven': 'The fix, with which a real download just succeeded:',
  'doctor.fix.change': '  {key}: {from} → {to}',
  'doctor.fix.remove': '  take away {path} (damaged; go fetches it again)',
  'doctor.fix.unset': '(not set)',
  'doctor.fix.hidden': '{variable} is set in the environment ({value}), which no settings file can change: {clear}',
  'doctor.fix.hidden-at':
    '{variable} is set in the environment ({value}), likely by {place}: take that line out, and in this shell: {clear}',
  'doctor.fix.apply': 'Apply it?',

  'finding.fix-taken-back': 'the fix did not cure and was taken back: {target} is as it was before',
  'finding.fix-incomplete': 'the fix could not take away {target}{words}',
  'finding.crash': 'the check “{target}” crashed: {words}',
  'finding.unknown': '{target}: go reports a failure that go-mirror does not know{words}',
  'finding.consequence': '{target}: follows from {root}',
  'finding.no-network': 'this machine has no network: it has no route to {target} nor to anything else{words}',
  'finding.no-name-server':
    'no name can be looked up, so {target} cannot be reached: the DNS server does not answer (asked: {servers}){words}',

  'finding.go-installed': 'Go is installed: {target}',
  'finding.go-not-installed':
    'Go is not installed: there is no go command in PATH{words}. Get it from https://golang.google.cn/dl/ (reachable from China)',
  'finding.toolchain-ready': 'the toolchain {target} is available',
  'finding.toolchain-unavailable': 'the toolchain {target} is not available; {setting}{words}',
  'finding.work-go-line': 'go.work names an older release of Go than its modules need{words}',
  'finding.directive-unknown': '{target} has “{name}”, which this release of Go does not know{words}',
  'finding.relative-place': 'go refuses {target}={value}: the folder must be absolute{words}',
  'finding.not-tried': 'no real download was tried: no temporary folder can be made in {target} ({reason})',
  'finding.settings-file-unreadable': 'go cannot read the settings file {target} and takes it for empty{words}',
  'finding.go-flags-refused': 'go refuses GOFLAGS={value}{words}',
  'finding.go-flags-in-workspace': 'GOFLAGS={value}: in a workspace go takes -mod=readonly and -mod=vendor only',
  'finding.gopath-mode': 'go uses no modules here: {target}{words}',
  'finding.goproxy-malformed': 'go cannot ask {target}{words}',
  'finding.goproxy-off': 'GOPROXY forbids go to download {module}{words}',
  'finding.gosumdb-malformed': 'go cannot read GOSUMDB={gosumdb}{words}',
  'finding.env-overridden':
    '{target} is set in the environment ({value}) and hides the value of the settings file ({shadowed}), which works',

  'finding.module-cache-ready': 'go can write to the module cache {target}',
  'finding.modcache-corrupt': 'the module cache holds a damaged file of {module}: {target}',
  'finding.modcache-unreadable': 'go cannot read the file of {module} in the module cache: {target}{words}',
  'finding.modcache-permission': 'go cannot write to {target}, which it needs for the module cache {folder}{words}',
  'finding.disk-full': 'no space is left for the module cache {target}: {free} free, about {needed} needed',
  'finding.bad-tree': 'go remembers the checksum database wrongly: {target} is damaged',

  'finding.no-proxy-exempts':
    '{target}={value} keeps {host} from the HTTP proxy of {variable}, and without it {host} is out of reach',
  'finding.http-proxy-unread':
    'go does not read {target} for {host}, which is out of reach without an HTTP proxy: it reads {wanted}',
  'finding.http-proxy-misread':
    'go reads another address from {target} than was meant: in its user and password, characters such as # / ? % @ and blanks have to be escaped (# is %23)',
  'finding.no-proxy-slip':
    '{target}={value} does not keep {host} from the HTTP proxy of {variable}: it takes hosts with commas between them, no scheme and no path',
  'finding.netrc-byte-order-mark': 'go does not read the login in {target}: the file begins with a byte order mark',
  'finding.netrc-no-password': 'the entry for {host} in {target} has no password: go passes over it',
  'finding.netrc-no-login': 'the entry for {host} in {target} has no login: go passes over it',
  'finding.netrc-other-name': '{target} has a login for {name}; go looks for {host}, letter by letter',
  'finding.netrc-in-macro': 'the entry for {host} in {target} stands in a macro, which goes on to the next empty line',
  'finding.netrc-punctuation':
    'go does not read the entry for {host} in {target}: its words are machine, login and password, without a colon',
  'finding.mirror-serves': '{name} ({target}) serves modules',
  'finding.mirror-without-database': '{name} ({target}) serves modules, not the checksum database',
  'finding.mirror-behind': '{name} ({target}) lags behind the other mirrors by {behind} releases',
  'finding.pull-unfinished': 'go had not downloaded {target} when the time was over{words}; --timeout gives it more',
  'finding.pull-works': 'go downloads {target}',
  'finding.dns-failure': 'the host name of {target} cannot be resolved (DNS server: {servers}){words}',
  'finding.connect-timeout': '{target} does not answer: connecting takes too long{words}',
  'finding.connection-refused': '{target} refuses the connection{words}',
  'finding.connection-reset': '{target} cuts the connection before it has answered{words}',
  'finding.network-unreachable': 'no route to {target}{words}',
  'finding.tls-unknown-authority':
    'the certificate of {target} is signed by an authority that this machine does not trust{words}. If it is your company’s, add it to SSL_CERT_FILE',
  'finding.no-authority-there':
    '{target}={value} takes the place of the system’s authorities, and no certificate is there',
  'finding.authority-not-named':
    'the certificate of {target} is signed by an authority that this machine does not trust{words}: it trusts those of {places}',
  'finding.tls-other': 'the certificate of {target} is not valid{words}',
  'finding.tls-no-agreement': '{target} and go find no TLS version or cipher that both speak{words}',
  'finding.tls-handshake-timeout': '{target} accepts the connection, but never finishes the TLS handshake{words}',
  'finding.http-proxy-misconfigured': 'the HTTP proxy {target} ({variable}) does not let requests through{words}',
  'finding.mirror-forbidden-403':
    '{target} refuses access{words}. Go reads logins from netrc: https only, and machine must carry the port where it is not 443',
  'finding.refused-login-of-url': '{target} refuses access{words}. The login that go sends there is the one in GOPROXY',
  'finding.refused-login-of-netrc': '{target} refuses access{words}. The login for {host} is that of {place}',
  'finding.refused-login-of-command':
    '{target} refuses access{words}. The login for {host} has to come from GOAUTH={place}',
  'finding.refused-without-login':
    '{target} refuses access{words}. {place} has no login for {host}: the name must be the same, port included',
  'finding.mirror-refuses-us':
    '{name} ({target}) refuses go-mirror’s own requests ({words}), so only go can tell whether it serves',
  'finding.mirror-blocks-malware':
    '{target} blocks this module as malicious{words}. Do not fetch it elsewhere: take another version or module',
  'finding.mirror-blocks-policy':
    '{target} blocks this module by a rule of your organisation{words}. Whoever runs it can tell why, and approve',
  'finding.mirror-refuses': '{target} refuses access{words}',
  'finding.mirror-rate-limited-429': '{target} is rate-limiting this machine{words}',
  'finding.mirror-server-error-5xx': '{target} is broken: it answers with an error of its own{words}',
  'finding.mirror-upstream-failure': '{target} answers, but could not get or keep the module itself{words}',
  'finding.mirror-not-found-404-410': '{target} does not have what is asked for{words}',
  'finding.captive-or-html-response': 'what answers at {target} is no Go module proxy{words}',
  'finding.truncated-download': '{target} sends damaged or incomplete files{words}',
  'finding.stalled': '{target} accepts connections and then sends nothing. Go would wait for ever{words}',
  'finding.checksum-mismatch-gosum': '{target} differs from go.sum{words}',
  'finding.checksum-mismatch-sumdb': '{target} differs from the checksum database{words}',

  'finding.database-verifies': 'the checksum database verifies modules ({target})',
  'finding.sumdb-unreachable': 'the checksum database cannot be reached at {target}, GOSUMDB={gosumdb}{words}',
  'finding.sumdb-bad-response': '{target} answers for the checksum database with what does not verify{words}',
  'finding.sumdb-no-record':
    'the checksum database has no record of {target}: it is private, or no public server can see it{words}',
  'finding.sumdb-private-module':
    '{target} is private by its name, but no pattern of GOPRIVATE or GONOSUMDB keeps it from the public checksum database{words}',

  'finding.private-name-at-mirrors':
    '{module} is private by its name, no pattern of GOPRIVATE names it, and GOPROXY has public mirrors only, which do not have it{words}',
  'finding.pattern-misses-case':
    '“{missed}” in {from} does not keep {path} from public servers: upper and lower case differ{words}',
  'finding.pattern-misses-spelling':
    '“{missed}” in {from} does not keep {path} from public servers: a pattern is the beginning of a module path, without scheme, port, quotes or blanks{words}',
  'finding.pattern-misses-bare':
    '“{missed}” in {from} does not keep {path} from public servers: it names sub-domains only{words}',
  'finding.pattern-misses-subdomain':
    '“{missed}” in {from} does not keep {path} from public servers: a domain does not stand for its sub-domains{words}',
  'finding.pattern-misses-longer':
    '“{missed}” in {from} does not keep {path} from public servers: it is longer than the module path{words}',
  'finding.pattern-misses-malformed':
    '“{missed}” in {from} does not keep {path} from public servers: it is malformed, and go passes over it{words}',
  'finding.pattern-misses-path':
    '{path} is not kept from public servers: “{missed}” in {from} names another path{words}',
  'finding.pattern-misses-host':
    '{path} is not kept from public servers: “{missed}” in {from} names another host{words}',

  'finding.everything-at-origins':
    '{target}={value} sends every module to its origin, past all mirrors, and the origin of {module} is out of reach{words}',
  'finding.origin-serves': 'go fetches {target} from its origin',
  'finding.private-auth-missing': '{target} refuses access: credentials are missing or wrong{words}',
  'finding.vcs-missing': 'the program {target} is not installed, and modules are fetched with it{words}',
  'finding.govcs-disallowed': 'GOVCS={govcs} forbids the version control of {target}{words}',
  'finding.insecure-http': '{target} answers over plain http only, which go refuses unless GOINSECURE allows it{words}',
  'finding.insecure-login':
    'go sends no user and password over plain http, whatever GOINSECURE says: {target} has to be asked by https{words}',
  'finding.unrecognized-import-path':
    'the page of {target} does not say where its code is (no go-import meta tag){words}',
  'finding.malformed-module-path': '“{target}” is no module path{words}',
  'finding.malformed-version': '“{target}” has no version that go could ask for{words}',
  'finding.unknown-revision': '{target}: this version does not exist{words}',
  'finding.no-matching-version': '{target}: no version matches{words}',
  'finding.path-mismatch': '{target} declares another module path in its go.mod{words}',
  'finding.package-not-in-module': 'no required module provides the package {target}{words}',
  'finding.module-invalid': '{target} breaks the rules of Go modules{words}',
  'finding.replaced-by-nothing': 'go.mod replaces {module} by the folder {target}, which has no go.mod',
  'finding.merge-conflict': '{target} holds the marks of a merge conflict: choose one side and take them out{words}',
  'finding.sum-malformed': '{target} has a line that is no entry: take it out, then go mod tidy{words}',
  'finding.requirement-excluded': 'go.mod requires {target} {version} and excludes just that version{words}',
  'finding.gosum-missing-entry': 'go.sum lacks an entry for {target}{words}',
  'finding.vendor-inconsistent': 'the vendor folder does not agree with go.mod: {target}{words}',
  'finding.not-a-pull-problem': '{target}: this is no matter of downloads{words}',
  'finding.project-consistent': 'go.mod, go.sum and vendor agree ({target})',
} as const;
