import type { MirrorProbe } from '../../probe/result.ts';

/** The verdicts on some mirrors, for those who need no more than that of them. */
interface FirstVerdicts {
  /** By URL, as soon as each is known, or when the probes have ended. */
  readonly all: Promise<ReadonlyMap<string, MirrorProbe>>;
  note(probe: MirrorProbe): void;
  end(): void;
}

export function firstVerdicts(urls: readonly string[]): FirstVerdicts {
  const found = new Map<string, MirrorProbe>();
  let end = (): void => {};
  const all = new Promise<ReadonlyMap<string, MirrorProbe>>(resolve => {
    end = () => resolve(found);
  });
  if (urls.length === 0) end();
  return {
    all,
    note: probe => {
      found.set(probe.url, probe);
      if (urls.every(url => found.has(url))) end();
    },
    end: () => end(),
  };
}
