import { isPublicHost } from '../go/private-names.ts';
import type { Fix } from './explanation.ts';
import { hostOf, login } from './owner-fixes.ts';
import { fix, type Scene } from './scene.ts';
import { urlsIn } from './tokens.ts';

/** A repository that its host has closed: no login opens it. */
export const takenDown =
  /\bdisabled by GitHub Staff\b|\bDMCA\b|\bterms of service\b|\brepository (?:is |has been )?(?:disabled|unavailable|suspended)\b/i;

/** What gives access to a repository, by what its server, git or ssh said: no login helps where something else is asked for. */
export function access(scene: Scene): Fix[] {
  const { text } = scene;
  const host = hostOf(scene) ?? '';
  const ask = repositoryOf(scene);
  const asked = (code: string): Fix[] => (ask ? [fix(`git ls-remote ${ask}`, code, { host })] : []);
  const svn = text.match(/\bsvn (?:info|list|ls|export) (https?:\/\/[^\s:'"]{1,200}(?::\d{1,5})?[^\s:'"]{0,200})/)?.[1];
  if (svn && !svn.includes('@')) return [fix(`svn info ${svn}`, 'svn-ask')];
  if (takenDown.test(text)) return asked('git-ask');
  if (/\bSAML\b|\bSSO\b/.test(text)) return asked('git-sso');
  if (/\bIP allow list\b|\bIP address is not permitted\b/i.test(text)) return asked('git-allow-list');
  if (/\bCAPTCHA\b/i.test(text)) return asked('git-captcha');
  if (host && /host identification has changed|host key for \S{1,200} has changed/i.test(text))
    return [fix(`ssh-keygen -F ${host}`, 'host-key-changed', { host })];
  if (host && /host key verification failed|host key is known for/i.test(text))
    return [fix(`ssh-keyscan ${host} >> ~/.ssh/known_hosts`, 'host-key', { host })];
  const key = /unprotected private key file|\bbad permissions\b/i.test(text)
    ? text.match(/(?:permissions \d{3,5} for|load key) ['"]((?:\/|~)[\w./~-]{1,200})['"]/i)?.[1]
    : undefined;
  if (key) return [fix(`chmod 600 ${key}`, 'key-mode'), ...login(scene)];
  return [...(isPublicHost(host) ? asks(scene) : []), ...login(scene)];
}

/** Asks git itself, which tells a missing login from a missing repository. */
export function asks(scene: Scene): Fix[] {
  const repository = repositoryOf(scene);
  return repository ? [fix(`git ls-remote ${repository}`, 'git-ask')] : [];
}

/** The repository that git was asked for, as it says it or as the module's path tells; never with a login in it. */
function repositoryOf({ text, module }: Scene): string | null {
  const said = urlsIn(text)
    .map(({ url }) => (URL.canParse(url) ? new URL(url) : null))
    .findLast(url => url && url.search === '' && url.pathname.split('/').filter(Boolean).length > 1);
  if (said && /\b(?:unable to access|repository|authentication failed for) '/i.test(text))
    return `https://${said.host}${said.pathname.replace(/\/$/, '')}`;
  const named = module?.match(/^.{1,200}?(?:\/_git\/[^/]{1,100}|\.git)(?=\/|$)/)?.[0];
  return module ? `https://${named ?? module.split('/').slice(0, 3).join('/')}` : null;
}

/** Whether it is ssh that found no way: another protocol may. */
const overSsh = /\bssh: connect to host\b|\b(?:kex|ssh)_exchange_identification\b|\bport 22\b/;

/** ssh that finds no way to a host that everybody fetches from: https does the same work, on a port that is open. */
export function pastSsh(scene: Scene): Fix[] {
  if (scene.verdict.place !== 'vcs' || !overSsh.test(scene.text)) return [];
  const host = hostOf(scene);
  if (!host) return [];
  return isPublicHost(host)
    ? [fix(`git config --global url."https://${host}/".insteadOf "ssh://git@${host}/"`, 'git-https', { host })]
    : [fix(`ssh -vT git@${host}`, 'ssh-way', { host })];
}
