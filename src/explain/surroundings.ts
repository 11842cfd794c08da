/** What ran the command, where `go env -w` on the user's machine does not reach it. */
export type Surroundings =
  | 'docker'
  | 'github-actions'
  | 'gitlab-ci'
  | 'jenkins'
  | 'bazel'
  | 'nix'
  | 'hugo'
  | 'homebrew'
  | 'yocto'
  | 'wsl';

/** How its log shows: lines as they stand, before what a collector put there is taken away. */
const signs: readonly (readonly [Surroundings, RegExp])[] = [
  ['bazel', /\b(?:gazelle|rules_go|go_repository|fetch_repo)\b|^(?:INFO|ERROR|WARNING): .*\b(?:bazel|repository '@)/],
  ['yocto', /\bdo_(?:compile|configure|install|fetch)\b|\bbitbake\b|^NOTE: Tasks Summary: /],
  ['wsl', /\bmicrosoft-standard-WSL|\/mnt\/[a-z]\/Users\//],
  ['nix', /\/nix\/store\/|^error: builder for '|\bbuildGoModule\b/],
  ['homebrew', /^==> (?:go|make|Installing) |\/Library\/Logs\/Homebrew\/|\/(?:homebrew|linuxbrew)\/|\.brew_home\//i],
  [
    'hugo',
    /^(?:hugo: |Error: .*\bhugo\b|hugo v\d)|\bfailed to (?:download|load) modules: |\bhugo mod (?:get|tidy|vendor|init)\b/,
  ],
  [
    'docker',
    /(?:^|\dZ )\s{0,8}#\d{1,5} (?:\d{1,6}\.\d|\[|ERROR|CACHED|sha256:)|^Step \d{1,4}\/\d{1,4} : |^\s{0,8}(?:=> |--> )|\bDockerfile:\d|^\s{0,8}>>> RUN |executor failed running|^ > \[|^INFO\[\d{4}\] (?:RUN |Cmd: |Running: |COPY |Resolved base name |Unpacking rootfs)|\berror building image: |^STEP \d{1,4}\/\d{1,4}: |\b(?:docker|podman|nerdctl) run\b/,
  ],
  ['gitlab-ci', /section_(?:start|end):\d+:|^Running with gitlab-runner|\bERROR: Job failed: |\/builds\/[\w.-]+\//],
  ['jenkins', /^\[Pipeline\] |\/var\/(?:lib\/)?jenkins\/|\bFinished: (?:FAILURE|SUCCESS)\b|\/jenkins\/workspace\//],
  [
    'github-actions',
    /^##\[(?:group|endgroup|error|debug)\]|::(?:group|error)\b|\/home\/runner\/|\/Users\/runner\/|D:\\a\\|^[^\t]{1,80}\t[^\t]{1,80}\t\uFEFF?\d{4}-\d\d-\d\dT|^\uFEFF?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z /,
  ],
];

/** What a line of a log says of where it was written; null where it says nothing. */
export function surroundingsIn(line: string): Surroundings | null {
  const start = line.slice(0, 500);
  return signs.find(([, sign]) => sign.test(start))?.[0] ?? null;
}

/** How packages are installed there. */
export type Packages = 'apt' | 'apk' | 'dnf';

/** What a message shows of the distribution; null where it shows nothing. */
export function packagesIn(text: string): Packages | null {
  if (/\babuild\b|\bAPKBUILD\b|\bapk (?:add|update)\b|\balpine\b/i.test(text)) return 'apk';
  if (/\b(?:dnf|yum|microdnf) |\b(?:fedora|centos|rhel|rockylinux|almalinux|amazonlinux)\b/i.test(text)) return 'dnf';
  return /\bapt(?:-get)? |\b(?:debian|ubuntu|bookworm|bullseye|trixie|jammy|noble)\b/i.test(text) ? 'apt' : null;
}

/** How the shells of Windows say that there is no such program. */
const unknownToWindows =
  /\b(?:internal or external command|name of a cmdlet)\b|CommandNotFoundException|内部或外部命令|cmdlet、函数|%PATH%/i;

/** The operating system that a message shows by its paths, or by words that only its libraries use; null where it shows none. */
export function systemIn(text: string): NodeJS.Platform | null {
  if (/\b[A-Za-z]:\\|schannel|wsarecv|wsasend|connectex|certutil/i.test(text) || unknownToWindows.test(text))
    return 'win32';
  if (/\/Users\/|SecPolicy|certificate is not trusted/.test(text)) return 'darwin';
  return /(?:^|[\s"'(:])\/(?:home|root|usr|var|builds|go)\//.test(text) ? 'linux' : null;
}
