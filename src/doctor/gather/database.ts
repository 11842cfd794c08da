import type { ParsedGosumdb } from '../../go/gosumdb.ts';
import { knownDatabase } from '../../go/gosumdb.ts';
import { parseVerifierKey } from '../../go/verifier-key.ts';
import { faultOf } from '../../modproxy/fault.ts';
import { readTree } from '../../modproxy/records.ts';
import { proveDatabase } from '../../probe/database.ts';
import { openMirror } from '../../probe/mirror-client.ts';
import { pinnedModule } from '../../probe/pinned.ts';
import { authorityOf, hostAndPort } from '../../system/network/address.ts';
import type { Network } from '../../system/network/connection.ts';
import type { Deadline } from '../../system/network/deadline.ts';
import type { DatabaseFacts } from '../facts.ts';

/** Asks a checksum database at its own address: the one in GOSUMDB, or the host that is its name. Null where there is none. */
export async function gatherDatabase(
  network: Network,
  gosumdb: ParsedGosumdb,
  deadline: Deadline,
): Promise<DatabaseFacts | null> {
  if (!gosumdb.ok || gosumdb.kind === 'off') return null;
  return askDatabase(network, gosumdb, gosumdb.url ?? `https://${gosumdb.name}`, deadline);
}

/** Whether a database answers at this base URL with what verifies: the well-known one with a record, another one with its tree. */
async function askDatabase(
  network: Network,
  database: { name: string; key: string },
  base: string,
  deadline: Deadline,
): Promise<DatabaseFacts> {
  if (!/^https?:\/\//.test(base) || !URL.canParse(base)) {
    return { target: base, base, ok: false, cause: 'gosumdb-malformed', detail: '' };
  }
  const url = new URL(base);
  const target = authorityOf(hostAndPort(url));
  const client = openMirror(network, base, deadline);
  try {
    if (database.name !== knownDatabase.name) {
      const { status, body } = await client.ask('GET', 'latest');
      if (status !== 200) return { target, base, ok: false, cause: 'sumdb-unreachable', detail: `${status}` };
      const key = parseVerifierKey(database.key);
      const ok = typeof key !== 'string' && readTree(body, key) !== null;
      const detail = ok ? '' : `latest: not signed by ${database.name}`;
      return { target, base, ok, cause: ok ? null : 'sumdb-bad-response', detail };
    }
    const { verified, cause, detail } = await proveDatabase(client, database, pinnedModule, '');
    return { target, base, ok: verified, cause, detail };
  } catch (error) {
    const { cause, detail } = faultOf(error);
    return { target, base, ok: false, cause, detail };
  } finally {
    await client.close();
  }
}
