/** Hosts that are not one's own, though modules of one's own may be there. */
const shared = /^(?:github\.com|gitlab\.com|bitbucket\.org|gitee\.com|codeberg\.org|gitea\.com|git\.sr\.ht)$/;

/** Checksum databases that the whole world reads. */
export const hostsOf = { public: new Set(['sum.golang.org']) };

/** The pattern of GOPRIVATE that covers a module and what is likely to belong with it: its host, or its owner on a shared one. */
export function patternFor(path: string): string {
  const [host, owner] = path.split('/');
  return shared.test(host!) && owner ? `${host}/${owner}` : host!;
}
