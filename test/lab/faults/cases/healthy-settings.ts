import { healthy, type LabCase } from '../case.ts';
import { china, goMod } from './parts.ts';

/** Odd values that go understands as they are meant. */
export const healthySettings: readonly LabCase[] = [
  healthy('ok-key-in-full', 'GOSUMDB with the key written out', {
    settings: `${china}GOSUMDB=sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8\n`,
  }),
  healthy('ok-sumdb-off', 'GOSUMDB=off is a decision, not a fault of the pull', { settings: `${china}GOSUMDB=off\n` }),
  healthy('ok-nosumdb-all', 'GONOSUMDB=* and no checksum database', {
    world: 'walled',
    settings: 'GOPROXY=https://mirrors.aliyun.com/goproxy/\nGONOSUMDB=*\n',
  }),
  healthy('ok-goflags-modcacherw', 'GOFLAGS=-modcacherw', { settings: `${china}GOFLAGS=-modcacherw\n` }),
  healthy('ok-goflags-mod', 'GOFLAGS=-mod=mod', { settings: `${china}GOFLAGS=-mod=mod\n` }),
  healthy('ok-goflags-insecure', 'GOFLAGS=-insecure does nothing', { settings: `${china}GOFLAGS=-insecure\n` }),
  healthy('ok-module-mode-on', 'GO111MODULE=on', { settings: `${china}GO111MODULE=on\n` }),
  healthy('ok-govcs-off', 'GOVCS=*:off, and nothing is fetched from a repository', {
    settings: `${china}GOVCS=*:off\n`,
  }),
  healthy('ok-no-git', 'no git, and no module needs it', { settings: china, env: { PATH: '{go}' } }),
  healthy('ok-crlf', 'a carriage return that go trims', {
    settings: 'GOPROXY=https://goproxy.cn,direct\r\nGOSUMDB=sum.golang.org\r\n',
  }),
  healthy('ok-bom-comment', 'a byte order mark before a comment', { settings: `\uFEFF# mine\n${china}` }),
  healthy('ok-odd-spelling', 'spaces, empty entries, a bare host, a trailing slash', {
    settings: 'GOPROXY=, goproxy.cn/ ,, direct ,\n',
  }),
  healthy('ok-upper-case-scheme', 'HTTPS:// in capitals', { settings: 'GOPROXY=HTTPS://GOPROXY.CN,direct\n' }),
  healthy('ok-explicit-port', 'the standard port written out', {
    settings: 'GOPROXY=https://goproxy.cn:443/,direct\n',
  }),
  healthy('ok-after-direct', 'rubbish behind direct is never read', {
    settings: 'GOPROXY=https://goproxy.cn,direct,ftp://nowhere\n',
  }),
  healthy('ok-os-empty', 'an empty OS variable counts as unset', {
    settings: china,
    env: { GOPROXY: '', GOSUMDB: '' },
  }),
  healthy('ok-os-shadows', 'an OS variable hides a broken value in the file', {
    settings: 'GOPROXY=off\nGOSUMDB=nonsense\n',
    env: { GOPROXY: 'https://goproxy.cn', GOSUMDB: 'sum.golang.org' },
  }),
  healthy('ok-goenv-off', 'GOENV=off over a broken file', { settings: 'GOPROXY=off\n', env: { GOENV: 'off' } }),
  healthy('ok-goenv-elsewhere', 'GOENV names another file', {
    settings: 'GOPROXY=off\n',
    env: { GOENV: '{home}/go.env' },
    home: { 'go.env': china },
  }),
  healthy('ok-goenv-missing', 'GOENV names a file that is not there', { env: { GOENV: '{home}/nothing/env' } }),
  healthy('ok-xdg', 'XDG_CONFIG_HOME', {
    env: { XDG_CONFIG_HOME: '{home}/cfg' },
    home: { 'cfg/go/env': china },
    settings: 'GOPROXY=off\n',
  }),
  healthy('ok-toolchain-local', 'a newer toolchain line under GOTOOLCHAIN=local', {
    settings: `${china}GOTOOLCHAIN=local\n`,
    project: { 'go.mod': goMod(['rsc.io/quote v1.5.2'], '1.21', 'toolchain go1.99.0\n') },
  }),
  healthy('ok-toolchain-auto', 'GOTOOLCHAIN=auto and an old go line', { settings: `${china}GOTOOLCHAIN=auto\n` }),
  healthy('ok-toolchain-path', 'GOTOOLCHAIN=path', { settings: `${china}GOTOOLCHAIN=path\n` }),
  healthy('ok-goauth', 'GOAUTH=off and a mirror without a login', { settings: `${china}GOAUTH=off\n` }),
];
