import type { Cause, Reason } from '../causes.ts';
import { looksPrivate } from '../go/private-names.ts';
import { repairGoproxy } from '../go/repair-goproxy.ts';
import type { Fix } from './explanation.ts';
import { fittedTo } from './fit.ts';
import { type Machine, unsetCommand } from './machine.ts';
import {
  ambiguous,
  cloned,
  flagsInWorkspace,
  installed,
  newer,
  pastVendor,
  suggested,
  versions,
} from './module-fixes.ts';
import { access, asks, pastSsh, takenDown } from './origin-fixes.ts';
import { hostOf, login, privateOf, unverifiedOf } from './owner-fixes.ts';
import { caches, inFiles, installs, ofPlace, proxyLogin, trusts } from './place-fixes.ts';
import { doctor, fix, type Scene, setting } from './scene.ts';
import { isAnswer, isGuarded, mayPropose } from './stand-in.ts';
import { addressOf, moduleNamed } from './subject.ts';
import { wordAfter } from './tokens.ts';
import { toolchainOf } from './toolchain-fixes.ts';
import type { Verdict } from './verdict.ts';

const pull = fix('go-mirror pull', 'pull');
/** No other mirror stands in there, and the reason must not say so. */
const pullGuarded = fix('go-mirror pull', 'pull-guarded');
const mirrorInChina = 'https://goproxy.cn,direct';
const fastest = setting('GOPROXY', mirrorInChina, fix('go-mirror use --fastest', 'use-fastest'));
const known = setting('GOPROXY', mirrorInChina, fix('go-mirror use goproxy.cn', 'use-known'));
const current = fix('go-mirror current', 'current');
/** A page of an import path that leads to a log-in. */
const signIn = /\/(?:sign[_-]?in|log[_-]?in)\?go-get=1/;
const tidy = fix('go mod tidy', 'tidy');

/**
 * The commands that put a cause right on this machine, or where the log was written, the best first. None leads around an answer or a
 * gatekeeper.
 */
export function fixesFor(verdict: Verdict, reason: Reason | null, machine: Machine): Fix[] {
  const { text } = verdict.entry;
  // What is set in this shell does not reach where that log was written.
  const isHere = verdict.surroundings === null || verdict.surroundings === 'wsl';
  const settings = isHere ? machine.settings : null;
  const scene: Scene = {
    verdict,
    text,
    machine: { ...machine, settings, platform: verdict.system ?? machine.platform },
    reason,
    guarded: isGuarded(verdict, machine),
    module: moduleNamed(verdict),
    address: addressOf(verdict)?.origin ?? null,
  };
  if (verdict.cause === 'not-a-pull-problem') return flagsInWorkspace(scene);
  const { guarded, module } = scene;
  const answer = verdict.blocked || isAnswer(verdict.cause, reason);
  const plan = plans[verdict.cause as keyof typeof plans];
  // Where the repository itself was asked, its host tells whose it is.
  const host = verdict.place === 'page' || verdict.place === 'vcs' ? hostOf(scene) : null;
  const origin = host !== null && looksPrivate(host) ? host : module;
  const planned = [...ofPlace(scene), ...plan(scene)].filter(one =>
    mayPropose(one, { answer, guarded, module: origin }),
  );
  const fixes = planned.length > 0 ? planned : probeOf(scene);
  const fitted = fixes.map(one => (guarded && one.code === 'pull' ? pullGuarded : fittedTo(verdict.surroundings, one)));
  return fitted.filter(({ command }, at) => fitted.findIndex(other => other.command === command) === at);
}

type Plan = (scene: Scene) => Fix[];

/** A fault of a connection: to a mirror, or to an origin that a mirror can stand in for. */
const connection: Plan = scene => [
  ...pastSsh(scene),
  ...shadow(scene, 'GOPROXY'),
  scene.verdict.place === 'vcs' || scene.verdict.place === 'page' ? known : fastest,
  ...probeOf(scene),
  pull,
];

const plans: Readonly<Record<Exclude<Cause, 'stalled' | 'not-a-pull-problem'>, Plan>> = {
  'dns-failure': scene => [doctor, ...connection(scene).filter(({ code }) => !['pull', 'git-https'].includes(code))],
  'connect-timeout': connection,
  'connection-refused': connection,
  'connection-reset': connection,
  'network-unreachable': scene => [...probeOf(scene), fastest],
  'tls-unknown-authority': scene => [
    ...(scene.verdict.place === 'vcs' && hostOf(scene)
      ? [fix(`git config --global http."https://${hostOf(scene)}/".sslCAInfo COMPANY-CA.pem`, 'git-ca')]
      : []),
    ...probeOf(scene),
    ...trusts(scene),
  ],
  'tls-other': scene => [
    ...(/revocation|CRYPT_E_/i.test(scene.text)
      ? [fix('git config --global http.schannelCheckRevoke best-effort', 'git-revocation')]
      : []),
    ...probeOf(scene),
    fastest,
  ],
  'tls-handshake-timeout': connection,
  'http-proxy-misconfigured': scene => [
    ...(/\b407\b|proxy authentication/i.test(scene.text) ? proxyLogin(scene) : withoutProxy(scene)),
    ...(scene.verdict.place === 'vcs' ? [fix('git config --global --get-regexp "proxy"', 'git-proxy')] : []),
    doctor,
  ],
  'mirror-forbidden-403': scene => [
    ...(scene.reason === 'credentials' ? login(scene) : []),
    ...probeOf(scene),
    fastest,
  ],
  'mirror-rate-limited-429': ({ verdict }) => [pull, verdict.place === 'proxy' ? fastest : known],
  'mirror-server-error-5xx': scene => (scene.guarded ? [...probeOf(scene), pull] : [fastest, pull]),
  'mirror-upstream-failure': scene => (scene.guarded ? probeOf(scene) : [pull, fastest]),
  'mirror-not-found-404-410': scene => [
    ...(scene.reason === 'credentials' ? login(scene) : []),
    ...(scene.reason === 'wrong-address' ? [current, ...inFiles(scene), ...probeOf(scene)] : []),
    ...(['never-existed', 'withdrawn'].includes(scene.reason ?? '') ? versions(scene) : []),
    ...privateOf(scene, true),
    ...(scene.reason === 'private' ? asks(scene) : []),
    ...routeFor(scene),
    // No other mirror has what is private, or is nowhere.
    ...(['private', 'credentials', 'never-existed', 'withdrawn'].includes(scene.reason ?? '') ? [] : [fastest]),
  ],
  'captive-or-html-response': scene => [...probeOf(scene), fastest],
  'truncated-download': () => [pull, fastest],
  'checksum-mismatch-gosum': scene =>
    scene.verdict.culprit?.kind === 'file'
      ? [fix(`git diff HEAD -- ${scene.verdict.culprit.value}`, 'sum-edited')]
      : [fix('go mod verify', 'verify'), ...doctorFor(scene), ...newer(scene)],
  'checksum-mismatch-sumdb': scene => [...doctorFor(scene), ...newer(scene)],
  'sumdb-unreachable': scene => [
    ...(scene.verdict.rule.id === 'gosumdb-url' ? repair(scene, 'GOSUMDB', true) : []),
    known,
    fix('go env -w GOSUMDB=sum.golang.google.cn', 'sumdb-cn'),
  ],
  'sumdb-bad-response': scene => [...repair(scene, 'GOSUMDB'), known, doctor],
  'sumdb-private-module': scene => [...(scene.guarded ? unverifiedOf(scene) : privateOf(scene, false)), ...asks(scene)],
  'gosumdb-malformed': scene => repair(scene, 'GOSUMDB', true),
  'goproxy-malformed': scene => [
    ...meant(scene),
    ...(scene.text.includes('invalid argument: ')
      ? [fix(`go env -w "GOPROXY=${mirrorInChina}"`, 'quote-setting')]
      : []),
    ...shadow(scene, 'GOPROXY'),
    ...inFiles(scene),
    known,
    current,
  ],
  'goproxy-off': scene =>
    /packages\.Load|workspace load failed/.test(scene.text)
      ? [fix('go mod download', 'editor-offline')]
      : [...shadow(scene, 'GOPROXY'), known],
  'env-overridden': ({ machine, verdict }) => [
    fix(unsetCommand(machine, verdict.culprit?.value || 'GOPROXY'), 'unset', {
      name: verdict.culprit?.value || 'GOPROXY',
    }),
    current,
  ],
  'private-auth-missing': scene =>
    scene.verdict.culprit?.kind === 'variable'
      ? [fix('go env GOAUTH', 'goauth'), ...login(scene)]
      : [...access(scene), ...(takenDown.test(scene.text) ? [] : privateOf(scene, false))],
  'vcs-missing': scene => {
    const program = scene.verdict.culprit?.value ?? 'git';
    return [...installs(scene, program).map(command => fix(command, 'install-vcs', { program })), known];
  },
  'govcs-disallowed': ({ module, text }) => {
    const vcs = wordAfter(text, text.indexOf('disallows using ') + 16) || 'git';
    return [
      fix(`go env -w "GOVCS=${module ?? 'example.com/path'}:${vcs},private:all,public:git|hg"`, 'govcs', { vcs }),
      known,
    ];
  },
  'insecure-http': ({ verdict, module }) => [
    known,
    fix(`go env -w GOINSECURE=${(module ?? verdict.culprit?.value ?? 'example.com').split('/')[0]}`, 'insecure'),
  ],
  'unrecognized-import-path': scene => [
    ...(signIn.test(scene.text) ? [...login(scene), ...privateOf(scene, true)] : []),
    ...(scene.module ? [fix(`go-mirror probe "https://${scene.module}?go-get=1"`, 'probe')] : []),
    known,
  ],
  'malformed-module-path': ({ verdict }) => {
    const path = verdict.culprit?.value.replace(/^(?:https?|ssh|git):\/{1,2}/, '') ?? '';
    return path && path !== verdict.culprit?.value
      ? [fix(`go get ${path.replace(/\.git$/, '')}`, 'get-plain')]
      : [tidy];
  },
  'unknown-revision': versions,
  'no-matching-version': versions,
  'path-mismatch': ({ text }) => {
    const at = text.indexOf('declares its path as: ');
    const major = text.match(/must match major version \("([\w.~/-]{3,300})"\)/)?.[1] ?? '';
    const path = at < 0 ? major : wordAfter(text, at + 22);
    return path.includes('.') ? [fix(`go get ${path}`, 'get-right-path')] : [tidy];
  },
  'package-not-in-module': scene => [...suggested(scene), ...ambiguous(scene), tidy],
  'module-invalid': scene => [...cloned(scene), ...versions(scene)],
  'gosum-missing-entry': scene => [tidy, ...suggested(scene)],
  'vendor-inconsistent': scene => [...pastVendor(scene), fix('go mod vendor', 'vendor')],
  'toolchain-unavailable': scene => [...toolchainOf(scene), ...(scene.verdict.rule.transport ? [fastest] : []), doctor],
  'modcache-permission': caches,
  'modcache-corrupt': () => [fix('go mod verify', 'verify'), fix('go-mirror doctor --fix', 'doctor-fix')],
  'disk-full': ({ machine }) => [
    ...(machine.platform === 'win32' ? [] : [fix('df -h "$(go env GOMODCACHE)" "$(go env GOCACHE)"', 'disk')]),
    fix('go clean -cache', 'clean-build'),
  ],
  'go-not-installed': scene => installs(scene, 'go').map(command => fix(command, 'install-go')),
  'gopath-mode': ({ verdict, machine }) => {
    const { kind, value } = verdict.culprit ?? {};
    if (value === 'GOWORK') return [fix(unsetCommand(machine, 'GOWORK'), 'unset', { name: 'GOWORK' })];
    if (value === 'go.work') return [fix('go work use .', 'work-use')];
    if (kind !== 'variable') return [...installed(verdict), fix('go mod init example.com/me/project', 'init')];
    return [
      machine.settings?.values.GO111MODULE.source === 'os'
        ? fix(unsetCommand(machine, 'GO111MODULE'), 'unset', { name: 'GO111MODULE' })
        : fix('go env -u GO111MODULE', 'module-mode'),
    ];
  },
};

function probeOf({ address, verdict }: Scene): Fix[] {
  const host = address ?? (verdict.culprit?.kind === 'host' ? `https://${verdict.culprit.value}` : null);
  return host ? [fix(`go-mirror probe ${host}`, 'probe')] : [doctor];
}

function routeFor({ module }: Scene): Fix[] {
  return module ? [fix(`go-mirror route ${module}`, 'route')] : [];
}

function doctorFor({ module }: Scene): Fix[] {
  return module ? [fix(`go-mirror doctor ${module}`, 'doctor-module')] : [doctor];
}

function withoutProxy({ machine, verdict }: Scene): Fix[] {
  const command = unsetCommand(machine, 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY');
  const one = fix(command, 'unset-proxy');
  return [verdict.surroundings === null ? one : setting('HTTPS_PROXY', '', one)];
}

/** What the value in effect was meant to be: the whole list, so that nobody who stands in it is left out. */
function meant({ machine }: Scene): Fix[] {
  const { value = '', source } = machine.settings?.values.GOPROXY ?? {};
  const list = source === 'file' ? repairGoproxy(value) : null;
  return list ? [fix(`go env -w "GOPROXY=${list}"`, 'goproxy-meant')] : [];
}

/** Takes a variable away from where it is set: the OS environment, or go's file. */
function repair({ machine }: Scene, name: 'GOSUMDB', always = false): Fix[] {
  const source = machine.settings?.values[name].source;
  if (source === 'os') return [setting(name, '', fix(unsetCommand(machine, name), 'unset', { name }))];
  return source === 'file' || always ? [setting(name, '', fix(`go env -u ${name}`, 'env-unset', { name }))] : [];
}

function shadow({ machine }: Scene, name: 'GOPROXY'): Fix[] {
  return machine.settings?.values[name].source === 'os' ? [fix(unsetCommand(machine, name), 'unset', { name })] : [];
}
