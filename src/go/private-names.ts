import { isIP } from 'node:net';

/** Endings that the public name system does not have, or keeps for private use and documentation. */
const privateEndings = new Set(
  'internal local localhost localdomain corp lan home intranet intra private priv invalid test example office arpa svc'.split(
    ' ',
  ),
);
/** Labels by which companies name what is theirs. */
const privateLabels = new Set('corp internal intranet intra lan private'.split(' '));
/** First labels of hosts that serve code. */
const codeLabels = new Set(
  'git gitlab gitea gogs code stash bitbucket scm vcs svn repo repos source src ghe github forgejo gerrit'.split(' '),
);
/** Hosts with such a name that anybody may reach. */
const publicCodeHosts = new Set([
  'github.com',
  'gitlab.com',
  'bitbucket.org',
  'gitee.com',
  'gitea.com',
  'code.gitea.io',
  'code.cloudfoundry.org',
  'code.forgejo.org',
  'code.dny.dev',
  'code.pfad.fr',
  'git.sr.ht',
  'git.apache.org',
  'git.openstack.org',
  'git.kernel.org',
  'git.eeqj.de',
  'git.torproject.org',
  'git.mills.io',
  'git.tcp.direct',
  'git.zx2c4.com',
  'gitlab.freedesktop.org',
  'gitlab.gnome.org',
  'gitlab.torproject.org',
  'gitlab.wikimedia.org',
  'gitlab.archlinux.org',
  'gitlab.xfce.org',
  'source.golang.org',
]);

/**
 * Whether a module path or a host has a name that only its owner's network is likely to know: no public ending, an address, a port,
 * a label such as `corp`, or a code server's name that is none of the public ones. Such a name is never sent to a public mirror.
 */
export function looksPrivate(pathOrHost: string): boolean {
  const place = pathOrHost.split('/')[0]!.toLowerCase();
  if (place.startsWith('[') || isAddress(place)) return true;
  const [host, port] = place.split(':') as [string, string?];
  const labels = host.split('.');
  const ending = labels.at(-1)!;
  if (port !== undefined || labels.length < 2 || isAddress(host)) return true;
  if (privateEndings.has(ending) || /^[0-9]+$/.test(ending)) return true;
  if (labels.slice(0, -1).some(label => privateLabels.has(label))) return true;
  return codeLabels.has(labels[0]!) && !publicCodeHosts.has(host);
}

/**
 * Whether everybody fetches from a host: a public code host, Go's own, or a server of modules and checksums. Never a pattern by itself.
 */
export function isPublicHost(host: string): boolean {
  return publicCodeHosts.has(host) || sharedHosts.has(host) || /(?:^|\.)(?:golang\.org|google\.cn)$/.test(host);
}

/** Hosts that many owners share: there a module's owner is the first element of its path. */
const sharedHosts = new Set([
  'github.com',
  'gitlab.com',
  'bitbucket.org',
  'gitee.com',
  'gitea.com',
  'codeberg.org',
  'dev.azure.com',
  'git.sr.ht',
]);

/**
 * The pattern of GOPRIVATE that covers a module and what is likely to belong with it: its host, or its owner on a shared one. Null
 * for an address, a name without a dot, and a shared host alone.
 */
export function privatePatternOf(path: string): string | null {
  const [place = '', owner] = path.split('/');
  const host = place.split(':')[0]!;
  if (!host.includes('.') || isAddress(host)) return null;
  if (!sharedHosts.has(host)) return host;
  return owner ? `${host}/${owner}` : null;
}

/** Whether two hosts are below one registered name: `git.company.com.cn` and `goproxy.company.com.cn`. */
export function haveOneOwner(host: string, other: string): boolean {
  return registeredName(host) === registeredName(other);
}

function registeredName(host: string): string {
  const labels = host.toLowerCase().replace(/:\d*$/, '').split('.');
  const shared = /^(?:com|net|org|gov|edu|co|ac)$/.test(labels.at(-2) ?? '') && labels.at(-1)!.length === 2;
  return labels.slice(shared ? -3 : -2).join('.');
}

/** Most names show by themselves that they are none: only then is Node.js asked, whose expression takes long to make. */
const isAddress = (host: string): boolean => /^[\d.]+$|:/.test(host) && isIP(host) !== 0;
