import type { ParsedGosumdb } from '../go/gosumdb.ts';
import { matchingPattern } from '../go/patterns.ts';
import { toolchainModule } from '../go/route.ts';
import { type Body, textOf, withSource } from '../modproxy/body.ts';
import { hashGoMod, hashZip } from '../modproxy/dirhash.ts';
import { openNote, parseVerifier } from '../modproxy/note.ts';
import { lookupFile, type ProxyFile } from '../modproxy/proxy-file.ts';
import { parseGoSum } from '../project/go-sum.ts';
import { hashesOf, type KnownHashes } from './needs.ts';
import type { Outcome } from './outcome.ts';

export interface VerifyOptions {
  hashes: KnownHashes;
  gosumdb: ParsedGosumdb;
  /** Patterns of modules that the database is not asked about. */
  noSumdb: string;
  /** Fetches a record of the database. */
  lookup(file: ProxyFile): Promise<Outcome>;
}

/** A record is waited for so long; go then finds out by itself. */
const lookupMs = 5000;

/**
 * Compares a file with its hash in go.sum, or in the record of the checksum database. This only chooses between copies:
 * go verifies what it is given in any case. Null: right, or nothing is known.
 */
export function createVerifier(options: VerifyOptions): (file: ProxyFile, body: Body) => Promise<string | null> {
  const { hashes, gosumdb, noSumdb } = options;
  const verifier = gosumdb.ok && gosumdb.kind === 'database' ? parseVerifier(gosumdb.key) : null;
  const records = new Map<string, Promise<KnownHashes>>();

  const recorded = async ({ module, version }: ProxyFile): Promise<KnownHashes> => {
    const exempt = module !== toolchainModule && matchingPattern(noSumdb, module) !== null;
    if (!gosumdb.ok || gosumdb.kind === 'off' || gosumdb.url !== null || exempt) return new Map();
    const outcome = await Promise.race([options.lookup(lookupFile(gosumdb.name, module, version)), pause(lookupMs)]);
    return outcome?.kind === 'file' ? hashesOf(parseGoSum(await textOf(outcome.body))) : new Map();
  };
  const expected = async (file: ProxyFile): Promise<string | null> => {
    const key = `${file.module} ${file.version}${file.kind === 'mod' ? '/go.mod' : ''}`;
    const known = hashes.get(key);
    if (known) return known;
    const version = `${file.module} ${file.version}`;
    const record = records.get(version) ?? recorded(file);
    records.set(version, record);
    return (await record).get(key) ?? null;
  };

  return async (file, body) => {
    if (file.kind === 'lookup') {
      const note = (await textOf(body)).replace(/^[\s\S]*?\n\n/, '');
      return verifier && !openNote(note, verifier) ? 'a record that is not signed by the database' : null;
    }
    if (file.kind !== 'mod' && file.kind !== 'zip') return null;
    const hash = await expected(file);
    if (!hash) return null;
    try {
      const found =
        file.kind === 'mod'
          ? hashGoMod(Buffer.from(await textOf(body)))
          : await withSource(body, source => hashZip(source));
      return found === hash ? null : `checksum mismatch: ${found} instead of ${hash}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
}

function pause(ms: number): Promise<null> {
  return new Promise(resolve => setTimeout(resolve, ms, null).unref());
}
