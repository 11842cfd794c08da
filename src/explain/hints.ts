import type { Culprit } from './culprit.ts';
import type { Entry } from './log/entries.ts';
import { type Packages, packagesIn, type Surroundings, systemIn } from './surroundings.ts';
import type { Verdict } from './verdict.ts';

/** What a log shows besides its failures, such as the commands that were typed. */
export interface Hints {
  /** The host of a GOPROXY that was set or printed, or true where the log shows only that there is one. */
  goproxy: string | true | null;
  /** The host of a repository that git names behind the refusal of a login. */
  remote: string | null;
  /** Whether it is Go's at all. */
  isGo: boolean;
  /** Whether git was called by something else than go. */
  isGitAlone: boolean;
  /** The first place, system and distribution that a line shows. */
  surroundings: Surroundings | null;
  system: NodeJS.Platform | null;
  packages: Packages | null;
}

/** Before anything was read. */
export const noHints = (): Hints => ({
  goproxy: null,
  remote: null,
  isGo: false,
  isGitAlone: false,
  surroundings: null,
  system: null,
  packages: null,
});

/** What only Go, or a program about its modules, writes. */
const goSigns =
  /\bgo: |@v\d{1,5}\.\d|\/@v\/|go-get=1|sum\.golang|goproxy|\bgo\.(?:mod|sum|work)\b|\.go:\d{1,7}:\d|golang\.org|pkg[\\/]mod|\bgo (?:get|mod|build|install|test|list|run|vet|env|generate|work)\b|^package [\w.-]{1,80}\.[a-z]{2,12}\/\S{1,300}: |\bfailed to (?:load|download) modules\b|binary with name "go"/;
/** How other tools begin what they say, and the log of a program. */
const otherTools =
  /^\S{0,20}\b(?:curl|wget|pip3?|npm|yarn|pnpm|apt|apt-get|apk|yum|dnf|docker|podman|helm|kubectl|terraform|cargo|mvn|gradle|brew|rsync|ansible|e|err|error)(?::| \(|!| err)|^[\w./-]{1,80}\.go:\d{1,7}: |\blevel=\w{1,20} |^\{"/;

/** A checkout, a push, a hook: git's own work, in which go has no part. */
const gitAlone =
  /\bactions\/checkout|'(?:\/usr\/bin\/)?git'|\bfailed to push some refs\b|\bpermission to \S{1,200} denied to\b|^cloning into '|\bgit (?:push|clone|pull|submodule)\b|^正克隆到/;

/** How Go's libraries begin what they say of a connection: a line of it may be all that there is, but for what asks an API. */
const ownWords =
  /^(?:(?:get|head|post) "?https?:(?!\/\/[^/\s]{1,200}\/(?:apis?|v\d)\/)|dial (?:tcp|udp)|read (?:tcp|udp)|net\/http: |lookup |x509: |tls: |proxyconnect)/;

/** `clone of 'git@HOST:owner/name.git' into submodule path`, `repository 'https://HOST/owner/name/' not found`. */
const remote = /\b(?:clone of|repository) '(?:[a-z+]{2,9}:\/\/)?(?:[\w.-]{1,60}@)?([\w.-]{1,200})[:/]/i;

/** Notes what a message shows of the settings. */
export function noteHints(entry: Entry, hints: Hints): void {
  const at = entry.folded.indexOf('goproxy=');
  const host = at < 0 ? null : entry.text.slice(at).match(/^.{8}["']?https?:\/\/([\w.-]{1,200}(?::\d{1,5})?)/)?.[1];
  if (host) hints.goproxy = host;
  else if (entry.folded.includes('%goproxy%')) hints.goproxy ??= true;
  hints.remote ??= entry.text.match(remote)?.[1] ?? null;
  hints.isGo ||= goSigns.test(entry.folded);
  hints.isGitAlone ||= gitAlone.test(entry.folded);
  hints.surroundings ??= entry.surroundings;
  hints.system ??= systemIn(entry.text);
  hints.packages ??= packagesIn(entry.text);
}

/** The verdict as the rest of the log leaves it. */
export function withHints(verdict: Verdict, hints: Hints): Verdict {
  const surroundings = verdict.surroundings ?? hints.surroundings;
  const system = systemIn(verdict.entry.text) ?? hints.system;
  return { ...ofGo(named(verdict, hints), hints), surroundings, system, packages: hints.packages };
}

/** Without a sign of Go nothing is certain, and what another tool or a program says of its own connections is no pull. */
function ofGo(verdict: Verdict, hints: Hints): Verdict {
  const { folded } = verdict.entry;
  const isGo = goSigns.test(folded);
  const { transport, secured } = verdict.rule;
  const isOther = otherTools.test(folded) || (!hints.isGo && Boolean(transport || secured) && !ownWords.test(folded));
  // Go indents what git said; a lost connection of which git tells by itself is git's own.
  const isAlone = hints.isGitAlone || (transport === true && folded.startsWith('fatal: '));
  const isGit = verdict.place === 'vcs' && isAlone && !hints.isGo;
  if (verdict.cause !== 'go-not-installed' && !isGo && (isGit || (verdict.place === 'none' && isOther))) {
    return { ...verdict, cause: 'not-a-pull-problem', culprit: null, confidence: hints.isGo ? 'medium' : 'low' };
  }
  return isGo || hints.isGo ? verdict : { ...verdict, confidence: 'low' };
}

/**
 * `package X: unrecognized import path` are the words of GOPATH mode (cmd/go/internal/get). Where a mirror is set, the
 * connection that failed was one that go should not have made: GOPROXY did not apply.
 */
function named(verdict: Verdict, hints: Hints): Verdict {
  const ignored =
    hints.goproxy &&
    verdict.place === 'page' &&
    verdict.rule.transport &&
    /^(?:package |.{0,20}\/x\/)/.test(verdict.entry.text) &&
    verdict.entry.folded.includes('unrecognized import path');
  if (ignored) return { ...verdict, cause: 'gopath-mode', culprit: { kind: 'variable', value: 'GO111MODULE' } };
  if (verdict.cause === 'private-auth-missing' && !verdict.culprit && hints.remote)
    return { ...verdict, culprit: { kind: 'host', value: hints.remote } };
  const unnamed = verdict.cause === 'captive-or-html-response' && verdict.culprit?.kind !== 'host';
  if (unnamed && typeof hints.goproxy === 'string') {
    const culprit: Culprit = { kind: 'host', value: hints.goproxy };
    return { ...verdict, culprit };
  }
  return verdict;
}
