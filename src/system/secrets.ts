/** What stands where a secret stood. */
const mask = 'xxxxx';
/** What stands for a secret in a command that is proposed, for the user to fill in: a mask would make the command wrong. */
export const placeholder = 'PASSWORD';

/** Secrets that this run has come across in values it knows the form of, each with whose it is. Pieces of them turn up in what others say. */
const known = new Map<string, Set<string>>();

/** Others would be found in ordinary words (`test`, `proxy`): these are hidden only where their surroundings show what they are. */
const isDistinctive = (secret: string): boolean =>
  secret.length >= 10 || (secret.length >= 4 && /[^a-z]/i.test(secret));

/**
 * Remembers the passwords in a value that is known to hold URLs (GOPROXY, GOSUMDB, a mirror's address, HTTPS_PROXY): from now on they
 * are hidden wherever they turn up, also where a program quotes them in a form of its own.
 */
export function rememberSecrets(value: string): void {
  for (const { info } of userInfosIn(value)) {
    const { user, secret } = partsOf(info);
    // A message of go may name the part up to where it took the URL apart, or quote it; a client decodes it.
    const forms = [secret, decoded(secret), JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
    for (const form of forms.flatMap(text => [text, ...text.split(/[/?#\s,|]/), ...text.split(/[/?#\s,|"']/)])) {
      if (form === '' || harmless.test(form)) continue;
      known.set(form, (known.get(form) ?? new Set()).add(user));
    }
  }
}

/** Remembers a secret that is none of a URL: a password of netrc, what a command of GOAUTH gave. */
export function rememberSecret(secret: string): void {
  for (const form of [secret, encodeURIComponent(secret)]) {
    if (form !== '' && !harmless.test(form)) known.set(form, (known.get(form) ?? new Set()).add(''));
  }
}

/** Hides the passwords of a value that is known to hold URLs, as Go takes the userinfo of each, whatever characters it is made of. */
export function maskValue(value: string): string {
  let masked = value;
  for (const { info, at } of userInfosIn(value).reverse()) {
    masked = `${masked.slice(0, at)}${maskedInfo(info)}${masked.slice(at + info.length)}`;
  }
  return maskSecrets(masked);
}

/** A command that is proposed: the secrets in it give way to a placeholder with a name. */
export function withPlaceholders(command: string): string {
  return maskValue(command).replaceAll(mask, placeholder);
}

/**
 * Hides in any text the secrets that are known, and what looks like one: `https://user:xxxxx@host`, a token in a query, an
 * `Authorization`. A user name alone is hidden too, as tokens are often given that way; but not the `git` of `ssh://git@host`.
 */
export function maskSecrets(text: string): string {
  return withoutKnown(text)
    .replace(userInfo, (whole, scheme: string, info: string) => {
      if (info.endsWith(`:${placeholder}`)) return whole;
      return !info.includes(':') && !/^https?$/i.test(scheme) ? whole : `://${maskedInfo(info)}@`;
    })
    .replace(brokenInfo, `://$1:${mask}@`)
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

/**
 * `scheme://userinfo@`: in a text the userinfo ends at the last `@` before a blank or the path, as a password may hold one. The scheme
 * is looked for from its end, as a long run of letters would else be read again from each of them.
 */
const userInfo = /:\/\/(?<=([a-z][a-z0-9+.-]*):\/\/)([^\s/]*)@/gi;
/** The same with a password that holds a `/`, `?` or `#`, so that it begins where a port would stand, and is none. */
const brokenInfo =
  /:\/\/(?<=[a-z][a-z0-9+.-]*:\/\/)(?!git@)([^\s/?#:"[]+):(?!\d*[/?#])[^\s/?#@"]+[/?#][^\s"@]*@(?=[\w[])/gi;
const secretQuery =
  /([?&](?:[\w-]*(?:token|secret|passw(?:or)?d|api[_-]?key|signature)[\w-]*|sig|pwd|pass(?:phrase)?)=)[^&\s#"'<>,|]+/gi;
const authorization = /\b((?:Basic|Bearer)\s+)[A-Za-z0-9+/._~=-]{8,}/g;
/** Words that a list of proxies holds besides, ports (of `http://host:8080/x@v1` too), and what hides nothing. */
const harmless = /^(?:direct|off|https?:?|file:?|ssh|git|\d{1,5}|xxxxx|PASSWORD)$/i;

/**
 * The userinfo of each URL in a value. One URL ends where the next begins: within it userinfo is what stands before the last `@`
 * of the authority, and where Go could not read that (a password with a slash, a blank, a comma), before the last `@` at all. An
 * entry without a scheme is a URL too, as go puts `https://` before it; but `module@version` and addresses of mail have no password,
 * and a list of folders is no login although one may be named `node@20`. As in a text, the `git` of `ssh://git@host` is no token.
 */
function userInfosIn(value: string): { info: string; at: number }[] {
  const starts = [...value.matchAll(/:\/\/(?<=[a-z][a-z0-9+.-]*:\/\/)/gi)].map(({ index }) => index + 3);
  const first = starts[0] === undefined ? value.length : value.lastIndexOf(':', starts[0]);
  const begins = first > 0 && value.slice(0, first).includes('@') ? [0, ...starts] : starts;
  return begins.flatMap((at, index) => {
    const chunk = value.slice(at, begins[index + 1] ?? value.length);
    const [authority = ''] = /^[^/?#\s]*/.exec(chunk) ?? [];
    const end = Math.max(authority.lastIndexOf('@'), endsInHost.test(authority) ? -1 : brokenEnd(chunk));
    const info = end > 0 ? chunk.slice(0, end) : cutLogin(chunk);
    const hasScheme = starts.includes(at);
    const isLogin = info.includes(':')
      ? hasScheme || (end > 0 && bareLogin.test(info))
      : info !== '' && hasScheme && /https?:\/\/$/i.test(value.slice(0, at));
    return isLogin ? [{ info, at }] : [];
  });
}

/**
 * `user:password` where no scheme says that it is one, at most behind the name of a checksum database: no list of folders, no drive of
 * Windows, no sentence.
 */
const bareLogin = /^\s*(?:(?![\w-]+\s)\w[^\s:@]*\s+)?(?!\/|\.{0,2}:\/|[a-z]:[\\/]|(?=[^\s:]*\/)[^\s:]*:\/)[^\s:]*:/i;

/** An authority whose last `@` a host follows, so that a later `@` belongs to the path; else it may be one of the password's. */
const endsInHost = /@(?:\[[^\]]*\]|localhost|(?=[^@:,|]*\.)[^@:,|]+|[^@:,|]+(?=:\d))(?::\d*)?(?:[,|].*)?$/i;

/** Where a userinfo ends that no parser takes for one: before the last `@` that a host follows. A path such as `/@v/` is none. */
function brokenEnd(chunk: string): number {
  const found = [...chunk.matchAll(/@(?=[\w[][^@\s]*)/g)].filter(({ index }) => chunk[index - 1] !== '/');
  const colon = chunk.indexOf(':');
  const last = found.at(-1)?.index ?? -1;
  return colon >= 0 && colon < last ? last : -1;
}

/** A login whose host is missing, as a shell leaves of an unquoted `user:a&b@host`: a port that is no number, but for `:8080;direct`. */
function cutLogin(chunk: string): string {
  return /^[^:/?#[\]@\s,|]+:(?![\d:]*(?:[/?#\s,|;]|$))[^/?#\s,|]+/.exec(chunk)?.[0] ?? '';
}

/** The user name, empty where there is none, and what is secret: the password, the whole where there is none. */
function partsOf(info: string): { user: string; secret: string } {
  const colon = info.indexOf(':');
  return { user: info.slice(0, Math.max(0, colon)), secret: info.slice(colon + 1) };
}

function maskedInfo(info: string): string {
  const { user } = partsOf(info);
  return user ? `${user}:${mask}` : mask;
}

function withoutKnown(text: string): string {
  let masked = text;
  for (const [secret, users] of [...known].sort(([one], [other]) => other.length - one.length)) {
    if (!masked.includes(secret)) continue;
    if (isDistinctive(secret)) {
      masked = masked.replaceAll(secret, mask);
      continue;
    }
    masked = masked.replaceAll(`:${secret}@`, `:${mask}@`).replaceAll(`":${secret}"`, `":${mask}"`);
    // A URL that was cut off within the password: `parse "https://user:ab": …`.
    for (const user of users) masked = masked.replaceAll(`//${user}:${secret}`, `//${user}:${mask}`);
  }
  return masked;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
