const mask = 'xxxxx';

/** `scheme://userinfo@`: up to the last `@` before the path, as a password may hold one. */
const userInfo = /([a-z][a-z0-9+.-]*:\/\/)([^\s/?#"'<>,|]*)@/gi;
const secretQuery = /([?&](?:[\w-]*(?:token|secret|passw(?:or)?d|api[_-]?key|signature)[\w-]*)=)[^&\s#"'<>,|]+/gi;
const authorization = /\b((?:Basic|Bearer)\s+)[A-Za-z0-9+/._~=-]{8,}/g;

/**
 * Hides the passwords and tokens of every URL in a text: `https://user:xxxxx@host`.
 * A user name alone is hidden too, as tokens are often given that way.
 */
export function maskSecrets(text: string): string {
  return text
    .replace(userInfo, (_, scheme: string, info: string) => {
      const colon = info.indexOf(':');
      return colon > 0 ? `${scheme}${info.slice(0, colon)}:${mask}@` : `${scheme}${mask}@`;
    })
    .replace(secretQuery, `$1${mask}`)
    .replace(authorization, `$1${mask}`);
}

/** The same for every string inside a JSON value. */
export function maskDeep<T>(value: T): T {
  if (typeof value === 'string') return maskSecrets(value) as T;
  if (Array.isArray(value)) return value.map(maskDeep) as T;
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskDeep(item)])) as T;
  }
  return value;
}
