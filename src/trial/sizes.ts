import type { ModuleVersion } from '../go/mod-file.ts';
import { versionFile } from '../modproxy/proxy-file.ts';
import { urlBelow, writtenBelow } from '../modproxy/proxy-url.ts';
import type { Network } from '../system/network/connection.ts';
import type { Deadline } from '../system/network/deadline.ts';
import { openSession } from '../system/network/session.ts';

/** What a mirror says to HEAD for a zip. `bytes`: its size, or null where it does not say. */
interface ZipAnswer {
  status: number;
  bytes: number | null;
}

/** Asks a mirror (`https://host/path`) for the size of each module's zip. One connection, one after another; as far as it answers. */
export async function zipSizes<M extends ModuleVersion>(
  network: Network,
  mirror: string,
  modules: readonly M[],
  deadline: Deadline,
): Promise<Map<M, ZipAnswer>> {
  const found = new Map<M, ZipAnswer>();
  if (!/^https?:\/\//.test(mirror) || !URL.canParse(mirror)) return found;
  const session = await openSession(network);
  try {
    for (const module of modules) {
      const url = urlBelow(mirror, versionFile(module.path, module.version, 'zip').path);
      const { status, headers } = await session.request('HEAD', url, {
        written: writtenBelow(mirror, url),
        deadline,
        maxBytes: 1000,
      });
      const length = Number(headers['content-length'] ?? Number.NaN);
      found.set(module, { status, bytes: status === 200 && length > 0 ? length : null });
    }
  } catch {
    // What keeps the mirror from answering is found by those who look for it.
  } finally {
    await session.close();
  }
  return found;
}
