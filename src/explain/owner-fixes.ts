import { isPublicHost, looksPrivate, privatePatternOf } from '../go/private-names.ts';
import type { Fix } from './explanation.ts';
import { alreadyPrivate } from './machine.ts';
import { fix, type Scene, setting } from './scene.ts';

/** Makes a module private that is not yet; `onlyLikely`: only where its host looks like one of one's own. */
export function privateOf(scene: Scene, onlyLikely: boolean): Fix[] {
  const { module, machine } = scene;
  const host = authorityOf(scene);
  const subject = module ?? (host && looksPrivate(host) ? host : undefined);
  const pattern = subject ? patternOf(subject) : null;
  if (pattern === null || (onlyLikely && !looksPrivate(subject!.split('/')[0]!))) return [];
  if (alreadyPrivate(machine, subject!)) return [];
  return [setting('GOPRIVATE', pattern, fix(`go-mirror private add ${pattern}`, 'private-add', { pattern }))];
}

/** Keeps a module from the checksum database alone: it still comes from where it came. */
export function unverifiedOf({ module, machine }: Scene): Fix[] {
  const pattern = module ? patternOf(module) : null;
  if (pattern === null) return [];
  const patterns = [machine.settings?.values.GONOSUMDB.value, pattern].filter(Boolean).join(',');
  return [setting('GONOSUMDB', patterns, fix(`go env -w GONOSUMDB=${patterns}`, 'nosumdb-add', { pattern }))];
}

/** The pattern that makes a module private; null for what everybody fetches. */
function patternOf(module: string): string | null {
  const pattern = privatePatternOf(module);
  return pattern === null || isPublicHost(pattern) ? null : pattern;
}

/** The host that a fix is about, with its port where it has one. */
const authorityOf = ({ verdict, address }: Scene): string | undefined =>
  verdict.culprit?.kind === 'host' ? verdict.culprit.value : address?.split('://')[1];

/** The host that a fix is about, else that of the module; null where nothing names one. */
export const hostOf = (scene: Scene): string | null =>
  (authorityOf(scene) ?? scene.module?.split('/')[0])?.split(':')[0] || null;

/** Azure DevOps, CodeCommit and Cloud Source: over ssh a repository has another host or path there, which no rewriting of the host finds. */
const ownSshPaths =
  /^(?:dev\.azure\.com|.{1,100}\.visualstudio\.com|git-codecommit\..{1,100}|source\.developers\.google\.com)$/;

/** Gives go and git a login for the host that asks for one. */
export function login(scene: Scene): Fix[] {
  const host = hostOf(scene);
  if (!host) return [];
  if (/publickey|ssh/i.test(scene.text)) return [fix(`ssh -T git@${host}`, 'ssh-test')];
  if (scene.verdict.surroundings === 'gitlab-ci' && !isPublicHost(host)) {
    const token = 'login gitlab-ci-token password $CI_JOB_TOKEN';
    return [fix(`echo "machine ${host} ${token}" >> ~/.netrc`, 'netrc-ci', { host })];
  }
  const file = scene.machine.platform === 'win32' ? '%USERPROFILE%\\_netrc' : '~/.netrc';
  const netrc = fix(`echo "machine ${host} login YOUR_NAME password YOUR_TOKEN" >> ${file}`, 'netrc', { host });
  if (scene.verdict.place === 'proxy' || scene.verdict.place === 'page' || ownSshPaths.test(host)) return [netrc];
  // go asks Bitbucket's API which version control it is; the repository stands elsewhere.
  const at = host === 'api.bitbucket.org' ? 'bitbucket.org' : host;
  return [netrc, fix(`git config --global url."ssh://git@${at}/".insteadOf "https://${at}/"`, 'git-ssh')];
}
