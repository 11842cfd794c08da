import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

interface WatchOptions {
  /** Called at each growth with all the bytes there are. */
  onGrowth: (bytes: number) => void;
  /** Called again and again with the time since the last growth, milliseconds. */
  onQuiet: (ms: number) => void;
}

/** What a watched folder does. */
export interface Watch {
  bytes(): number;
  /** Milliseconds since it last grew. */
  quietMs(): number;
  end(): void;
}

const everyMs = 60;

/** Watches the bytes below a folder that need not be there yet. One look at a time, however long that takes. */
export function watchFolder(folder: string, { onGrowth, onQuiet }: WatchOptions): Watch {
  let bytes = 0;
  let grewAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const look = async (): Promise<void> => {
    const now = await bytesBelow(folder);
    if (ended) return;
    if (now > bytes) {
      bytes = now;
      grewAt = performance.now();
      onGrowth(bytes);
    }
    onQuiet(performance.now() - grewAt);
    if (!ended) timer = setTimeout(look, everyMs);
  };
  timer = setTimeout(look, everyMs);
  return {
    bytes: () => bytes,
    quietMs: () => performance.now() - grewAt,
    end: () => {
      ended = true;
      clearTimeout(timer);
    },
  };
}

async function bytesBelow(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map(name =>
      stat(join(folder, name)).then(
        found => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
