import { hasOwnAddress } from '../../go/gosumdb.ts';
import { isGatekeeper } from '../../mirrors/gatekeepers.ts';
import type { DoctorFacts } from '../facts.ts';
import type { Finding } from '../finding.ts';

/** Causes of a failing download that another mirror may be free of. */
const ofMirrors = new Set([
  'dns-failure',
  'connect-timeout',
  'connection-refused',
  'connection-reset',
  'network-unreachable',
  'tls-unknown-authority',
  'tls-other',
  'tls-handshake-timeout',
  'mirror-forbidden-403',
  'mirror-rate-limited-429',
  'mirror-server-error-5xx',
  'mirror-upstream-failure',
  'mirror-not-found-404-410',
  'captive-or-html-response',
  'truncated-download',
  'sumdb-bad-response',
  'sumdb-unreachable',
  'stalled',
  'unknown-revision',
  'goproxy-off',
  'goproxy-malformed',
]);

/** What is no fault of a mirror although its cause could be one. */
const notOfMirrors = new Set(['no-network', 'no-name-server', 'bad-tree', 'no-proxy-replaces-private']);

/** Whether a finding says that public mirrors do not serve, so that another may stand in for them. */
export function callsForMirror(finding: Finding, facts: DoctorFacts): boolean {
  const { cause, status, code, about } = finding;
  if (code === 'mirror-retired' || code === 'mirror-never-existed') return true;
  if (status !== 'fail' || notOfMirrors.has(code) || !ofMirrors.has(cause ?? '') || about.origin) return false;
  // An address in GOSUMDB is asked whatever the mirrors are.
  const { gosumdb } = facts;
  if (about.setting === 'GOSUMDB') return gosumdb.ok && gosumdb.kind === 'database' && gosumdb.url === null;
  return about.mirror === undefined || mayGiveWay(about.mirror, facts);
}

/** Whether a finding says that the checksum database is not to be had on the way in effect. */
export function callsForDatabase({ cause, status, code, about }: Finding, facts: DoctorFacts): boolean {
  const isLost = cause === 'sumdb-unreachable' || cause === 'sumdb-bad-response';
  if (status !== 'fail' || code === 'bad-tree' || !isLost) return false;
  // An address in GOSUMDB is a value of the user's: what is wrong with it is no mirror's fault.
  if (hasOwnAddress(facts.gosumdb)) return true;
  return about.mirror === undefined || mayGiveWay(about.mirror, facts);
}

/** A public mirror in effect: one that is only named on the command line is no part of what could be changed. */
const mayGiveWay = (mirror: string, { goproxy, known }: DoctorFacts): boolean =>
  goproxy.ok && goproxy.entries.some(({ url }) => url === mirror) && !isGatekeeper(known, mirror);
