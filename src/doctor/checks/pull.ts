import type { Cause } from '../../causes.ts';
import { hasOwnAddress, knownDatabase } from '../../go/gosumdb.ts';
import { privatePatternOf } from '../../go/private-names.ts';
import { plainShellWord } from '../../system/shell-word.ts';
import { authorityIn } from '../authority.ts';
import type { Check } from '../check.ts';
import { databasePath, entryAsked } from '../entry-asked.ts';
import type { Complaint, DoctorFacts, Need, Trial } from '../facts.ts';
import { type About, type Finding, isMismatch, note, problem } from '../finding.ts';
import { type Missed, missedIn } from '../missed.ts';
import { oneLine } from '../one-line.ts';

/** What a real `go mod download` of a few modules through the proxies said. */
export const pull: Check = {
  id: 'pull',
  group: 'content',
  applies: ({ trials }) => trials.some(({ need }) => !need.direct),
  run: facts => facts.trials.filter(({ need }) => !need.direct).flatMap(trial => judge(trial, facts)),
};

/** Causes that a setting alone explains: its own check names them, with the value. */
const ofSettings = new Set(['goproxy-malformed', 'gosumdb-malformed', 'gopath-mode']);

function judge(trial: Trial, facts: DoctorFacts): Finding[] {
  const { need, outcome, complaint } = trial;
  const module = `${need.path}@${need.version}`;
  if (outcome === 'ok' || outcome === 'large') return [note('pass', 'pull-works', module)];
  if (outcome === 'waiting') return waiting(trial, facts);
  const said = hasNoRecord(trial, facts) ? 'sumdb-private-module' : causeOf(complaint!);
  // An address in GOSUMDB that has no record is no database: of a module whose name is nobody's own that says nothing.
  const isNoRecord = said === 'sumdb-private-module' && !need.looksPrivate;
  const cause = isNoRecord && hasOwnAddress(facts.gosumdb) ? 'sumdb-unreachable' : said;
  if (need.looksPrivate && cause === 'sumdb-unreachable' && lookupFailed.test(folded(complaint!.text))) return [];
  if (cause && ofSettings.has(cause)) return [];
  if (isMismatch(cause) && isOfPage(trial, facts)) return [];
  // A mirror of one's own need not have the reference.
  const status = need.from === 'reference' && isRefusal(cause) && servesSomething(facts) ? 'warn' : 'fail';
  const target = targetOf(complaint!, trial, module, facts);
  const { reason = null, text } = complaint!;
  const about: About =
    isNoRecord && hasOwnAddress(facts.gosumdb)
      ? { ...aboutOf(trial, facts), setting: 'GOSUMDB' }
      : aboutOf(trial, facts);
  const code = cause === 'sumdb-private-module' && isNoRecord ? { code: 'sumdb-no-record' } : {};
  if (cause === 'sumdb-private-module' && !isNoRecord) about.uncovered = 'GONOSUMDB';
  const missed = missesPattern(cause, need, facts);
  if (missed) {
    const commands = privateAddition(need);
    const args = { module, ...missed.args };
    return [problem(status, cause, missed.target, { ...missed, reason, args, about, commands, detail: oneLine(text) })];
  }
  return [problem(status, cause, target, { ...code, reason, args: { module }, about, detail: oneLine(text) })];
}

/** What a module that no public server can see meets. */
const unseen = new Set<Cause | null>(['mirror-not-found-404-410', 'sumdb-private-module', 'private-auth-missing']);

/** A pattern that was plainly meant for this module, and keeps it from nobody. */
function missesPattern(cause: Cause | null, { path, looksPrivate }: Need, facts: DoctorFacts): Missed | null {
  if (looksPrivate || !unseen.has(cause)) return null;
  const missed = missedIn(facts, cause === 'sumdb-private-module' ? 'GONOSUMDB' : 'GONOPROXY', path);
  return missed && missed.target !== path ? missed : null;
}

const privateAddition = ({ path }: Need): string[] => {
  const pattern = privatePatternOf(path);
  return pattern === null ? [] : [`go-mirror private add ${plainShellWord(pattern)}`];
};

/** The database answers well for what everybody has, and 404 for this module: it never saw it. */
function hasNoRecord(trial: Trial, { mirrors, goproxy, database }: DoctorFacts): boolean {
  if (!/\/lookup\/\S+: (?:404|410)\b/.test(folded(trial.complaint!.text))) return false;
  const asked = entryAsked(trial, goproxy, true)?.url;
  const probe = mirrors.find(({ url }) => url === asked);
  return probe ? probe.checksumDatabase.verified === true : asked === undefined && database?.ok === true;
}

/** A page in place of a file has another hash than the file, and is no wrong file: the check of the mirror names what it is. */
function isOfPage(trial: Trial, { goproxy, mirrors }: DoctorFacts): boolean {
  const asked = entryAsked(trial, goproxy, false)?.url;
  const kind = /verifying (?:\S+\/)?go\.mod/.test(folded(trial.complaint!.text)) ? '.mod' : '.zip';
  return mirrors.some(({ url, cause, requests }) => {
    // A probe ends with the first file that is none.
    return url === asked && cause === 'captive-or-html-response' && requests.at(-1)?.url.endsWith(kind);
  });
}

const refusals = new Set<string | null>([
  'mirror-not-found-404-410',
  'mirror-forbidden-403',
  'unknown-revision',
  'no-matching-version',
  'goproxy-off',
]);
const isRefusal = (cause: string | null): boolean => refusals.has(cause);

const servesSomething = ({ mirrors }: DoctorFacts): boolean =>
  mirrors.some(({ counts, status }) => counts && status !== 'fail');

/** A lookup that finds nothing says nothing about the module's versions: the database, or what stands for it, has no record. */
const lookupFailed = /verifying \S+: .*reading \S*\/lookup\/\S+: (?:4|5)\d\d/;
const ofDatabase = new Set<Cause | null>(['sumdb-unreachable', 'sumdb-bad-response']);

const folded = (text: string): string => text.replace(/\s+/g, ' ');
const ofLookup = new Set<Cause | null>([null, 'unknown-revision', 'no-matching-version', 'mirror-not-found-404-410']);

const causeOf = ({ cause, text }: Complaint): Cause | null =>
  ofLookup.has(cause) && lookupFailed.test(folded(text)) ? 'sumdb-unreachable' : cause;

function aboutOf(trial: Trial, { goproxy }: DoctorFacts): About {
  const { need, complaint, waitingFor } = trial;
  const atDatabase = complaint ? ofDatabase.has(causeOf(complaint)) : databasePath.test(waitingFor ?? '');
  const mirror = entryAsked(trial, goproxy, atDatabase)?.url;
  const { path: module, version } = need;
  const place: About = mirror ? { mirror } : atDatabase ? { setting: 'GOSUMDB' } : {};
  return { module, version, ...complaint?.refusedVcs, ...place };
}

function targetOf(complaint: Complaint, { requests }: Trial, module: string, { gosumdb }: DoctorFacts): string {
  const { culprit } = complaint;
  const ownKey = gosumdb.ok && gosumdb.kind === 'database' && gosumdb.name !== knownDatabase.name;
  if (ownKey && causeOf(complaint) === 'sumdb-bad-response') return 'GOSUMDB';
  const asked = [...requests.keys()].filter(url => databasePath.test(url)).at(-1);
  if (ofDatabase.has(causeOf(complaint)) && asked) return authorityIn(asked) ?? culprit;
  const failing = [...requests].filter(([, answer]) => answer !== null && !answer.startsWith('200')).at(-1)?.[0];
  return culprit || (failing && authorityIn(failing)) || module;
}

/** Time was over while go waited for an answer: only where the mirror is quick otherwise does that say that it stalls. */
function waiting(trial: Trial, facts: DoctorFacts): Finding[] {
  const { need, waitingFor, waitedMs } = trial;
  const target = waitingFor && authorityIn(waitingFor);
  const about = aboutOf(trial, facts);
  const module = `${need.path}@${need.version}`;
  const unfinished = problem('warn', null, module, { code: 'pull-unfinished', about, detail: waitingFor ?? '' });
  if (!target) return [unfinished];
  const probe = facts.mirrors.find(({ url }) => authorityIn(url) === target);
  const usualMs = probe ? (probe.phases.ttfbMs ?? Number.POSITIVE_INFINITY) : 0;
  if (probe?.status === 'fail') return [];
  if (waitedMs < 2000 || waitedMs < 8 * usualMs) return [unfinished];
  if (databasePath.test(waitingFor))
    return [problem('fail', 'sumdb-unreachable', target, { about, detail: waitingFor })];
  return [problem('fail', 'stalled', target, { args: { name: probe?.name ?? target }, about, detail: waitingFor })];
}
