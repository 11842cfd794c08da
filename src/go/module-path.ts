import { quote } from '../system/go-text.ts';

/** Why go refuses a module path, in go's own words, or null: as `module.CheckPath` (x/mod/module). */
export function checkModulePath(path: string): string | null {
  const fault = elementsFault(path) ?? moduleFault(path);
  return fault && `malformed module path ${quote(path)}: ${fault}`;
}

/** A module path as it stands in a proxy's URL: `!x` for `X`. As `module.EscapePath`; throws for a path that `checkModulePath` refuses. */
export function escapePath(path: string): string {
  const fault = checkModulePath(path);
  if (fault) throw new RangeError(fault);
  return escapeUpper(path);
}

/** Why no proxy can be asked for a version, in go's own words, or null: as `module.EscapeVersion` (x/mod/module). */
export function checkVersion(version: string): string | null {
  if (elementFault(version, fileChar, false) || version.includes('!')) {
    return `version ${quote(version)} invalid: disallowed version string`;
  }
  return /[^ -~]/.test(version) ? 'internal error: inconsistency in EscapePath' : null;
}

/** A version as it stands in a proxy's URL. As `module.EscapeVersion`; throws for a version that `checkVersion` refuses. */
export function escapeVersion(version: string): string {
  const fault = checkVersion(version);
  if (fault) throw new RangeError(fault);
  return escapeUpper(version);
}

function escapeUpper(text: string): string {
  return text.replace(/[A-Z]/g, char => `!${char.toLowerCase()}`);
}

const moduleChar = /[A-Za-z0-9\-._~]/;
const fileChar = /[A-Za-z0-9!#$%&()+,\-.=@[\]^_{}~ ]|\p{L}/u;
const windowsName = /^(?:CON|PRN|AUX|NUL|COM[1-9]|LPT[1-9])$/i;

/** `checkPath` of x/mod/module with the rules for module paths. */
function elementsFault(path: string): string | null {
  if (path === '') return 'empty string';
  if (path.startsWith('-')) return 'leading dash';
  if (path.includes('//')) return 'double slash';
  if (path.endsWith('/')) return 'trailing slash';
  for (const element of path.split('/')) {
    const fault = elementFault(element, moduleChar, true);
    if (fault) return fault;
  }
  return null;
}

/** `checkElem` of x/mod/module, for an element of a module path or for a file name. */
function elementFault(element: string, allowed: RegExp, ofModule: boolean): string | null {
  if (element === '') return 'empty path element';
  if (/^\.+$/.test(element)) return `invalid path element ${quote(element)}`;
  if (ofModule && element.startsWith('.')) return 'leading dot in path element';
  if (element.endsWith('.')) return 'trailing dot in path element';
  const odd = Array.from(element).find(char => !allowed.test(char));
  if (odd !== undefined) return `invalid char ${quote(odd, "'")}`;
  const short = element.split('.')[0]!;
  if (windowsName.test(short)) return `${quote(short)} disallowed as path element component on Windows`;
  return ofModule && /~[0-9]+$/.test(short) ? 'trailing tilde and digits in path element' : null;
}

/** What `CheckPath` asks beyond an import path: a host as the first element, and a major version that is one. */
function moduleFault(path: string): string | null {
  const host = path.split('/')[0]!;
  if (host === '') return 'leading slash';
  if (!host.includes('.')) return 'missing dot in first path element';
  const odd = Array.from(host).find(char => !/[a-z0-9\-.]/.test(char));
  if (odd !== undefined) return `invalid char ${quote(odd, "'")} in first path element`;
  return hasValidMajor(path) ? null : 'invalid version';
}

/** The third result of `SplitPathVersion`. */
function hasValidMajor(path: string): boolean {
  if (path.startsWith('gopkg.in/')) {
    const major = /\.v([0-9]*)(?:-unstable)?$/.exec(path)?.[1];
    return major !== undefined && /^(?:0|[1-9][0-9]*)$/.test(major);
  }
  const major = /\/v([0-9.]+)$/.exec(path)?.[1];
  return major === undefined || (/^[1-9][0-9]*$/.test(major) && major !== '1');
}
