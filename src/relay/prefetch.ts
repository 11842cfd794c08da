import { parseGoMod } from '../go/mod-file.ts';
import { textOf } from '../modproxy/body.ts';
import { type ProxyFile, versionFile } from '../modproxy/proxy-file.ts';
import type { Library } from './library.ts';
import type { Needed } from './needs.ts';
import type { Outcome } from './outcome.ts';
import type { Spool } from './spool.ts';

/** Fetches ahead what go is going to ask for. */
export interface Prefetch {
  /** Everything that is known to be needed, at once. */
  startAll(): void;
  /** Go has asked for this one: then the others of its kind are next. */
  asked(file: ProxyFile): void;
  /** How many zips will be fetched in all, as far as known. */
  readonly zips: number;
}

export interface PrefetchOptions {
  library: Library;
  spool: Spool;
  needed: readonly Needed[];
  /** In the module cache already, or kept away from proxies. */
  skips(file: ProxyFile): boolean;
  signal: AbortSignal;
}

/** How many zips wait in the queue of the upstreams: enough for all of them, and no list of thousands. */
const queuedZips = 96;
/** How often to look whether go has taken something out of a full spool, milliseconds. */
const fullSpoolMs = 50;

export function openPrefetch({ library, spool, needed, skips, signal }: PrefetchOptions): Prefetch {
  const known = new Set(needed.map(({ module, version }) => `${module} ${version}`));
  const begun = new Set<string>();
  const filesOf = (kind: 'info' | 'mod' | 'zip'): ProxyFile[] =>
    needed
      .filter(each => kind === 'mod' || each.zip)
      .map(({ module, version }) => versionFile(module, version, kind))
      .filter(file => !skips(file));
  const zips = filesOf('zip');

  const startSmall = (kind: 'info' | 'mod'): void => {
    if (begun.has(kind)) return;
    begun.add(kind);
    for (const file of filesOf(kind)) void fetchSmall(file);
  };
  const fetchSmall = async (file: ProxyFile): Promise<void> => {
    const outcome = await library.fetchAhead(file, 'small');
    if (file.kind === 'mod') await follow(outcome);
  };
  const startZips = async (): Promise<void> => {
    if (begun.has('zip')) return;
    begun.add('zip');
    let queued = 0;
    let wake = (): void => {};
    for (const file of zips) {
      while (queued >= queuedZips) {
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
      while (!spool.hasRoom() && !signal.aborted) await new Promise(resolve => setTimeout(resolve, fullSpoolMs));
      if (signal.aborted) return;
      queued += 1;
      void library.fetchAhead(file, 'zip').then(() => {
        queued -= 1;
        wake();
      });
    }
  };
  /** Requirements that go.sum does not name: go reads the go.mod of each, where the graph is not pruned. */
  const follow = async (outcome: Outcome): Promise<void> => {
    if (outcome.kind !== 'file') return;
    const { go, requires } = parseGoMod(await textOf(outcome.body).catch(() => ''));
    if (isPruned(go)) return;
    for (const { path: module, version } of requires) {
      const key = `${module} ${version}`;
      const next = versionFile(module, version, 'mod');
      if (known.has(key) || skips(next)) continue;
      known.add(key);
      void fetchSmall(next);
    }
  };
  return {
    zips: zips.length,
    startAll() {
      startSmall('mod');
      startSmall('info');
      void startZips();
    },
    asked(file) {
      if (!known.has(`${file.module} ${file.version}`)) return;
      if (file.kind === 'mod' || file.kind === 'info') startSmall(file.kind);
      if (file.kind === 'zip') void startZips();
    },
  };
}

/** From go 1.17 on a go.mod names all that is needed to build its packages (go.dev/ref/mod#graph-pruning). */
function isPruned(go: string | null): boolean {
  const [major = 1, minor = 0] = (go ?? '1.16').split('.').map(Number);
  return major > 1 || minor >= 17;
}
