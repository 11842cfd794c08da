import { splitFields } from '../system/go-text.ts';
import { parseUrl } from '../system/network/go-url.ts';
import { knownDatabase, parseGosumdb } from './gosumdb.ts';

/** First labels of hosts that are module proxies, not checksum databases, in a value that go refuses anyway. */
const proxyHost = /^(?:go-?proxy|proxy|mirrors?|athens|repo|nexus|artifactory|go-mirror|gocenter)\d*\./;

/**
 * What a broken GOSUMDB was meant to be: the plain name in place of a proxy's URL behind it, of a wrong key, of `on`; the name of the
 * address in China in place of its URL. Never `off`. Null where nothing is to repair, or where it is a database of the user's own.
 * `isProxy` knows the bases of module proxies that are no database: what it does not know may well be one.
 */
export function repairGosumdb(value: string, isProxy: (url: string) => boolean): string | null {
  const parsed = parseGosumdb(value);
  if (parsed.ok) {
    if (parsed.kind === 'off') return null;
    if (parsed.name === 'gosum.io') return knownDatabase.name;
    return parsed.name === knownDatabase.name && parsed.url !== null ? repairUrl(parsed.url, isProxy) : null;
  }
  const text = value.replace(/["'“”‘’`]/g, '').toLowerCase();
  const names = splitFields(text.replace(/[,，;；|]/g, ' ')).map(part =>
    part.replace(/^\w+:\/*/, '').replace(/[/+].*$/s, ''),
  );
  if (names[0] === knownDatabase.alias) return knownDatabase.alias;
  const own = names.find(name => name.includes('.') && !isPublicName(name));
  return own && text.includes('+') ? null : knownDatabase.name;
}

/** A URL behind the name must be the database's base, not that of a proxy: then every lookup is a 404. */
function repairUrl(text: string, isProxy: (url: string) => boolean): string | null {
  const parsed = parseUrl(text);
  if (!parsed.ok) return knownDatabase.name;
  const { scheme, host } = parsed.url;
  const place = scheme ? host : text.split('/')[0]!;
  if (!scheme || !host) return place === knownDatabase.alias ? knownDatabase.alias : knownDatabase.name;
  return isProxy(text) ? knownDatabase.name : null;
}

function isPublicName(name: string): boolean {
  return (
    name.endsWith('golang.org') || name.endsWith('golang.google.cn') || name === 'gosum.io' || proxyHost.test(name)
  );
}
