import { isPublicHost } from '../go/private-names.ts';
import type { Fix } from './explanation.ts';
import { doctor, fix, type Scene } from './scene.ts';
import type { Verdict } from './verdict.ts';

/** A package in two modules: the older of the two paths has a version without it. */
export function ambiguous({ text }: Scene): Fix[] {
  if (!text.includes('ambiguous import: found package')) return [];
  const modules = [...text.matchAll(/\s([\w.~-]{1,100}\.[\w.~/-]{1,200}) v\d/g)].map(([, path]) => path!);
  const outer = modules.sort((one, other) => one.length - other.length)[0];
  return outer ? [fix(`go get ${outer}@latest`, 'get-outer')] : [];
}

/** A command that was to be installed, where `go get` adds to a project. */
export function installed({ entry }: Verdict): Fix[] {
  if (!/no longer supported outside a module|requires a version when/.test(entry.folded)) return [];
  const named = entry.text.match(/go (?:get|install) ([\w.-]{1,100}\.[\w-]{1,60}\/[\w./~-]{1,200})/)?.[1];
  const path = named && !named.startsWith('example.com/') ? named : 'PATH/OF/COMMAND';
  return [fix(`go install ${path}@latest`, 'install-command')];
}

/** Which versions there are. */
export function versions({ module }: Scene): Fix[] {
  return module ? [fix(`go list -m -versions ${module}`, 'versions')] : [doctor];
}

/** `to add it: go get X` in the output itself. */
export function suggested({ text }: Scene): Fix[] {
  const command = text.match(/to add(?: it)?: (go (?:get|mod download)(?: -t)? [\w.~/@+-]{1,300})/)?.[1];
  return command ? [fix(command, 'go-suggests')] : [];
}

/** A command whose module replaces others can only be built in a clone. */
export function cloned({ text, module }: Scene): Fix[] {
  const [host, owner, name] = module?.split('/') ?? [];
  if (!/\bone or more \w{1,20} directives\b/.test(text) || !name || !isPublicHost(host!)) return [];
  return [fix(`git clone https://${host}/${owner}/${name} && cd ${name} && go install ./...`, 'clone-install')];
}

/** A question about other versions, which a vendor folder cannot answer. */
export function pastVendor({ text }: Scene): Fix[] {
  if (!/due to -mod=vendor|using the vendor directory/.test(text)) return [];
  const asked = text.match(/ ([\w.~/+-]{3,200}@[\w.+-]{1,60}): cannot query module due to -mod=vendor/)?.[1];
  return [fix(`GOFLAGS=-mod=mod go ${asked ? `get ${asked}` : 'list -m -u all'}`, 'past-vendor')];
}

/** `-mod=mod` is for one module, not for a workspace. */
export function flagsInWorkspace({ text }: Scene): Fix[] {
  if (!text.includes('-mod may only be set to')) return [];
  return [fix('go env -u GOFLAGS', 'goflags'), fix('go env -w GOWORK=off', 'workspace-off')];
}

/** What ends a mismatch of which the author is the cause: a version that nobody has moved. */
export function newer({ module }: Scene): Fix[] {
  // Go's own releases are no module that a project gets.
  return module && module !== 'golang.org/toolchain' ? [fix(`go get ${module}@latest`, 'get-newer')] : [];
}
