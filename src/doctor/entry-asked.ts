import type { ParsedGoproxy, ProxyEntry } from '../go/goproxy.ts';
import { escapePath } from '../go/module-path.ts';
import type { Trial } from './facts.ts';

/** Of a URL that go asks of a checksum database, or of a mirror in its place. */
export const databasePath = /\/sumdb\/|\/lookup\/|\/tile\/8\//;

/**
 * The entry of GOPROXY at which the download of a module failed or waits: the last of those that were asked for the module without
 * success, or for the checksum database where that is at fault. Null: none of them.
 */
export function entryAsked(
  { need, requests, waitingFor }: Trial,
  goproxy: ParsedGoproxy,
  ofDatabase: boolean,
): ProxyEntry | null {
  const ofModule = `/${escapePath(need.path)}/@`;
  const isMeant = (url: string): boolean => (ofDatabase ? databasePath.test(url) : url.includes(ofModule));
  const meant = [...requests].filter(([url]) => isMeant(url));
  const failing = meant.filter(([, answer]) => !answer?.startsWith('200')).at(-1)?.[0];
  const asked = waitingFor && isMeant(waitingFor) ? waitingFor : (failing ?? meant.at(-1)?.[0]);
  if (!asked || !goproxy.ok) return null;
  const entries = goproxy.entries.filter(({ url }) => url !== null && plain(asked).startsWith(`${plain(url)}/`));
  return entries.sort((a, b) => plain(b.url!).length - plain(a.url!).length)[0] ?? null;
}

/** A URL without login and query, as go prints only a part of them. */
function plain(url: string): string {
  const [, scheme = '', host = '', path = ''] = /^([a-z]+):\/\/(?:[^/]*@)?([^/?#]*)([^?#]*)/i.exec(url) ?? [];
  return `${scheme}://${host}`.toLowerCase() + path.replace(/\/+$/, '');
}
