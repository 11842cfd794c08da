import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { isPruned, type ModuleVersion, parseGoMod } from '../go/mod-file.ts';
import { bytesOf } from '../modproxy/body.ts';
import { hashGoMod } from '../modproxy/dirhash.ts';
import { type ProxyFile, versionFile } from '../modproxy/proxy-file.ts';
import type { Library } from './library.ts';
import { isInModuleCache, pathInModuleCache } from './module-cache.ts';
import { keyOf, type Needed, type Needs } from './needs.ts';
import type { Spool } from './spool.ts';

/** Fetches ahead what go is going to ask for, and nothing whose name go would not tell. */
export interface Prefetch {
  /**
   * Everything that `go mod download` is known to need, and what turns out to be needed on the way. The first connections are opened and
   * go is started while the rest is still being prepared.
   */
  startAll(): Promise<void>;
  /** Go has asked for this one: the files of its module that go asked of others are next. */
  asked(file: ProxyFile): void;
  /** How many zips will be fetched in all, as far as known. */
  readonly zips: number;
}

export interface PrefetchOptions {
  library: Library;
  spool: Spool;
  needs: Needs;
  /** Whether mirrors may hear of it before go tells them. */
  mayAsk(file: ProxyFile): boolean;
  /** GOMODCACHE: what is there is not fetched. */
  moduleCache: string;
  signal: AbortSignal;
}

type Kind = 'info' | 'mod' | 'zip';

/** After so much preparing it is the network's turn. */
const longestTurnMs = 5;
/** How many zips wait in the queue of the upstreams: enough for all of them, and no list of thousands. */
const queuedZips = 96;
/** How often to look whether go has taken something out of a full spool, milliseconds. */
const fullSpoolMs = 50;

export function openPrefetch(options: PrefetchOptions): Prefetch {
  const { library, spool, needs, mayAsk, moduleCache, signal } = options;
  const inCache = (file: ProxyFile): boolean => isInModuleCache(moduleCache, file);
  /** What go is known to ask for, by path and version. */
  const known = new Map<string, Needed>();
  /** What go has asked for itself: the names, and the kinds of files. */
  const askedNames = new Map<string, ModuleVersion>();
  const askedKinds = new Set<Kind>();
  const begun = new Set<string>();
  const zips: ProxyFile[] = [];
  let queued = 0;
  let feeding = false;
  let zipsInAll = 0;

  const fetch = (kind: Kind, { path, version }: ModuleVersion): void => {
    const file = versionFile(path, version, kind);
    if (begun.has(file.path) || !mayAsk(file) || inCache(file)) return;
    begun.add(file.path);
    if (kind !== 'zip') {
      void library.fetchAhead(file, 'small');
      return;
    }
    zipsInAll += 1;
    zips.push(file);
    void feed();
  };
  /** A zip is fetched ahead only where go.sum says that go uses one of this version. */
  const fetchIfNeeded = (kind: Kind, name: ModuleVersion): void => {
    if (kind !== 'zip' || needs.hashes.has(keyOf(name))) fetch(kind, name);
  };
  /** Hands the zips on, as fast as there is room for them. */
  const feed = async (): Promise<void> => {
    if (feeding) return;
    feeding = true;
    while (zips.length > 0 && queued < queuedZips && !signal.aborted) {
      if (!spool.hasRoom()) {
        await new Promise(resolve => setTimeout(resolve, fullSpoolMs));
        continue;
      }
      queued += 1;
      void library.fetchAhead(zips.shift()!, 'zip').then(() => {
        queued -= 1;
        void feed();
      });
    }
    feeding = false;
  };
  const add = (needed: Needed): void => {
    const before = known.get(keyOf(needed));
    if (before && (before.follow === 'always' || needed.follow !== 'always')) return;
    known.set(keyOf(needed), needed);
    void follow(needed);
  };
  /**
   * Go reads the go.mod of what a go.mod requires, where the graph is not pruned. Only one that is what go.sum says is believed: no mirror
   * can make us ask for names.
   */
  const follow = async (needed: Needed): Promise<void> => {
    const file = versionFile(needed.path, needed.version, 'mod');
    begun.add(file.path);
    const bytes = await contentOf(file);
    if (needed.follow === 'never' || bytes === null || hashGoMod(bytes) !== needs.hashes.get(`${keyOf(needed)}/go.mod`))
      return;
    const { go, requires } = parseGoMod(bytes.toString('utf8'));
    if (needed.follow === 'unpruned' && isPruned(go)) return;
    for (const required of requires) {
      const next = needs.fetched(required, 'always');
      if (!next) continue;
      add(next);
      if (next.zip) for (const kind of ['info', 'zip'] as const) fetch(kind, next);
    }
  };
  const contentOf = async (file: ProxyFile): Promise<Buffer | null> => {
    try {
      if (inCache(file)) return await readFile(pathInModuleCache(moduleCache, file));
      const outcome = mayAsk(file) ? await library.fetchAhead(file, 'small') : null;
      return outcome?.kind === 'file' ? await bytesOf(outcome.body) : null;
    } catch {
      // Gone, since go has it by now.
      return null;
    }
  };
  return {
    get zips() {
      return zipsInAll;
    },
    async startAll() {
      const withZip = needs.roots.filter(({ zip }) => zip);
      // Go asks for all that is small first, and zips fill the line meanwhile.
      const steps = [
        ...needs.roots.map(root => () => add(root)),
        ...(['info', 'zip'] as const).flatMap(kind => withZip.map(root => () => fetch(kind, root))),
      ];
      for (let begunAt = performance.now(); steps.length > 0 && !signal.aborted; ) {
        steps.shift()!();
        if (performance.now() - begunAt < longestTurnMs) continue;
        await setImmediate();
        begunAt = performance.now();
      }
    },
    asked({ path, module, version, kind }) {
      if (kind !== 'mod' && kind !== 'info' && kind !== 'zip') return;
      begun.add(path);
      const name = { path: module, version };
      const isNew = !askedNames.has(keyOf(name));
      askedNames.set(keyOf(name), name);
      if (isNew) for (const seen of askedKinds) fetchIfNeeded(seen, name);
      if (askedKinds.has(kind)) return;
      askedKinds.add(kind);
      for (const other of askedNames.values()) fetchIfNeeded(kind, other);
    },
  };
}
