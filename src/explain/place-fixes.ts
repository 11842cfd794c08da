import type { Fix } from './explanation.ts';
import { fix, type Scene, setting } from './scene.ts';
import type { Packages, Surroundings } from './surroundings.ts';

const loopback = /^https?:\/\/(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::|$)/;

/** What the place itself needs before any setting of go's can help there. */
export function ofPlace({ verdict, address, text }: Scene): Fix[] {
  const { surroundings, culprit, rule, cause } = verdict;
  const unreached = rule.transport === true || cause === 'http-proxy-misconfigured';
  switch (surroundings) {
    case 'nix':
      return unreached || text.includes('file:///nix/store/')
        ? [fix('vendorHash = lib.fakeHash;', 'nix-vendor-hash')]
        : [];
    case 'yocto':
      return unreached ? [fix('do_compile[network] = "1"', 'yocto-network')] : [];
    case 'wsl':
      return cause === 'dns-failure' ? [fix('wsl --shutdown', 'wsl-restart')] : [];
    case 'docker': {
      const host = culprit?.kind === 'host' ? `http://${culprit.value}` : (address ?? '');
      return unreached && loopback.test(host) ? [fix('docker build --network=host .', 'docker-host')] : [];
    }
    default:
      return [];
  }
}

/** A proxy that asks for a login: the password belongs into no image and no file of the repository. */
export function proxyLogin({ verdict: { surroundings }, machine: { platform } }: Scene): Fix[] {
  // CI keeps what is secret apart from the repository.
  const stored: Partial<Record<Surroundings, string>> = {
    'github-actions': `$\{{ secrets.HTTPS_PROXY }}`,
    'gitlab-ci': '$PROXY_WITH_LOGIN',
  };
  const value = (surroundings && stored[surroundings]) ?? 'http://LOGIN@PROXY:PORT';
  if (surroundings === 'docker') return [fix(`docker build --build-arg HTTPS_PROXY=${value} .`, 'proxy-login')];
  const command = platform === 'win32' ? `set HTTPS_PROXY=${value}` : `export HTTPS_PROXY=${value}`;
  return [setting('HTTPS_PROXY', value, fix(command, 'proxy-login'))];
}

/** The files of a repository that set things for a build: `scan` repairs them where they stand. */
export function inFiles({ verdict: { surroundings } }: Scene): Fix[] {
  const isBuild = ['docker', 'github-actions', 'gitlab-ci', 'jenkins'].includes(surroundings ?? '');
  return isBuild ? [fix('go-mirror scan --fix', 'scan')] : [];
}

/** A cache that this user may write: Go's build cache where that is the one refused, else the modules'. */
export function caches({ text, machine: { platform } }: Scene): Fix[] {
  const isWindows = platform === 'win32';
  if (/\bbuild cache\b|\bGOCACHE\b|go-build/.test(text)) {
    const folder = isWindows ? '%TEMP%\\go-build' : '/tmp/go-build';
    const command = `${isWindows ? 'set' : 'export'} GOCACHE=${folder}`;
    return [setting('GOCACHE', folder, fix(command, 'own-build-cache'))];
  }
  if (isWindows) return [fix('go env -w GOMODCACHE=%LOCALAPPDATA%\\go-mod', 'own-cache')];
  // A file system that cannot lock, or cannot be written at all: no rights help there.
  if (
    /\br?lock .{1,300}: (?:no locks available|function not implemented|operation not supported)|read-only file system/i.test(
      text,
    )
  )
    return [fix('go env -w GOMODCACHE="$HOME/.cache/go-mod"', 'own-cache')];
  return [
    fix('sudo chown -R "$(id -u):$(id -g)" "$(go env GOMODCACHE)"', 'chown'),
    fix('go env -w GOMODCACHE="$HOME/.cache/go-mod"', 'own-cache'),
  ];
}

/** The package manager that the log shows, else the usual ones of images. */
const managers = (packages: Packages | null): readonly Packages[] => (packages ? [packages] : ['apt', 'apk']);
const installing: Readonly<Record<Packages, string>> = {
  apt: 'apt-get install -y',
  apk: 'apk add --no-cache',
  dnf: 'dnf install -y',
};
/** Packages that are not called as their program is. */
const called: Readonly<Record<string, Partial<Record<Packages, string>>>> = {
  go: { apt: 'golang-go', dnf: 'golang' },
  hg: { apt: 'mercurial', apk: 'mercurial', dnf: 'mercurial' },
  svn: { apt: 'subversion', apk: 'subversion', dnf: 'subversion' },
};

/** The commands that install a program. */
export function installs({ machine: { platform }, verdict: { packages } }: Scene, program: string): string[] {
  if (platform === 'win32')
    return [`winget install ${program === 'go' ? 'GoLang.Go' : program === 'git' ? 'Git.Git' : program}`];
  if (platform === 'darwin') return [`brew install ${program}`];
  return managers(packages).map(manager => `${installing[manager]} ${called[program]?.[manager] ?? program}`);
}

/** Makes a system trust an authority: the usual ones in a slim image, one's company's own elsewhere. */
export function trusts({ machine: { platform }, verdict: { packages } }: Scene): Fix[] {
  if (platform === 'darwin') {
    const keychain = '/Library/Keychains/System.keychain';
    return [fix(`sudo security add-trusted-cert -d -r trustRoot -k ${keychain} COMPANY-CA.pem`, 'ca-company')];
  }
  if (platform === 'win32') return [fix('certutil -addstore -f Root COMPANY-CA.cer', 'ca-company')];
  return managers(packages).map(manager =>
    fix(`${manager === 'apt' ? 'apt-get update && ' : ''}${installing[manager]} ca-certificates`, 'ca-package'),
  );
}
