/**
 * What the lab opened and must close again: folders, servers, processes. Each piece registers itself here;
 * `test/setup/after-file.ts` closes all of it at the end of every test file, a bench calls `cleanUp()` in its `finally`.
 */
type Closer = () => void | Promise<void>;

const closers = new Set<Closer>();

/** Registers what is to be closed. The function returned closes it now, once, and forgets it. */
export function onCleanup(close: Closer): () => Promise<void> {
  closers.add(close);
  return async () => {
    if (closers.delete(close)) await close();
  };
}

/** Closes everything still open, the newest first. */
export async function cleanUp(): Promise<void> {
  for (const close of [...closers].reverse()) {
    closers.delete(close);
    await close();
  }
}
