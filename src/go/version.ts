/** A Go release as numbers; `patch` is negative for a beta or a release candidate. */
interface Release {
  minor: number;
  patch: number;
}

/** The minor release of `go1.26.8`, or null where the text names none (a development version, no go at all). */
export function minorOf(version: string | null): number | null {
  return parseRelease(version ?? '')?.minor ?? null;
}

/** Whether a release (`go1.27rc1`, `1.27`) is newer than another; true where one of them cannot be read. */
export function isNewer(version: string, than: string): boolean {
  const [a, b] = [parseRelease(version), parseRelease(than)];
  if (!a || !b) return true;
  return a.minor !== b.minor ? a.minor > b.minor : a.patch > b.patch;
}

function parseRelease(text: string): Release | null {
  const [, minor, point, pre, number] = /^(?:go)?1\.(\d+)(?:\.(\d+)|(beta|rc)(\d+))?/.exec(text) ?? [];
  if (minor === undefined) return null;
  const before = pre === 'beta' ? -2000 : -1000;
  return { minor: Number(minor), patch: pre ? before + Number(number) : Number(point ?? 0) };
}
