import { versionFile } from '../../modproxy/proxy-file.ts';
import { urlBelow } from '../../modproxy/proxy-url.ts';
import type { Network } from '../../system/network/connection.ts';
import type { Deadline } from '../../system/network/deadline.ts';
import { openSession } from '../../system/network/session.ts';
import type { Need } from '../facts.ts';

/** What a mirror answers to HEAD for the zip of each module: its size, or that it is not there. One connection, one after another. */
export async function gatherSizes(
  network: Network,
  mirror: string,
  needs: readonly Need[],
  deadline: Deadline,
): Promise<Map<Need, { status: number; bytes: number | null }>> {
  const found = new Map<Need, { status: number; bytes: number | null }>();
  const session = await openSession(network);
  try {
    for (const need of needs.filter(({ version }) => version.startsWith('v'))) {
      const url = urlBelow(mirror, versionFile(need.path, need.version, 'zip').path);
      const { status, headers } = await session.request('HEAD', url, { deadline, maxBytes: 1000 });
      const length = Number(headers['content-length'] ?? Number.NaN);
      found.set(need, { status, bytes: status === 200 && length > 0 ? length : null });
    }
  } catch {
    // What keeps the mirror from answering is found by those who look for it.
  } finally {
    await session.close();
  }
  return found;
}
