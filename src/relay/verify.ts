import type { ParsedGosumdb } from '../go/gosumdb.ts';
import { matchingPattern } from '../go/patterns.ts';
import { toolchainModule } from '../go/route.ts';
import { parseVerifierKey, type VerifierKey } from '../go/verifier-key.ts';
import { type Body, bytesOf } from '../modproxy/body.ts';
import { hashGoMod } from '../modproxy/dirhash.ts';
import { lookupFile, type ProxyFile } from '../modproxy/proxy-file.ts';
import { type LookedUp, readLookup } from '../modproxy/records.ts';
import { isRecordIn } from '../modproxy/tlog.ts';
import { parseGoSum, sumName } from '../project/go-sum.ts';
import { wordsOf } from '../system/network/failure.ts';
import { hashesOf, type KnownHashes } from './needs.ts';
import type { Outcome } from './outcome.ts';
import type { RaceTrack } from './race.ts';

export interface VerifyOptions {
  hashes: KnownHashes;
  gosumdb: ParsedGosumdb;
  /** Patterns of modules that the database is not asked about. */
  noSumdb: string;
  hashZip(body: Body): Promise<string>;
  /** Fetches a record of the database. */
  lookup(file: ProxyFile): Promise<Outcome>;
  /** Fetches a tile of the database's tree; null where it can't be had. */
  tile(path: string): Promise<Buffer | null>;
}

/** A record is waited for so long; go then finds out by itself. */
const lookupMs = 5000;

/**
 * Compares a file with its hash in go.sum, or in the record of the checksum database. This only chooses between copies:
 * go verifies what it is given in any case. Null: right, or nothing is known.
 */
export function createVerifier(options: VerifyOptions): RaceTrack['verify'] {
  const { hashes, gosumdb, noSumdb } = options;
  const database = gosumdb.ok && gosumdb.kind === 'database' ? gosumdb : null;
  const key = database ? parseVerifierKey(database.key) : '';
  const records = new Map<string, Promise<KnownHashes>>();
  const tiles = new Map<string, Promise<Buffer | null>>();

  const recorded = async ({ module, version }: ProxyFile): Promise<KnownHashes> => {
    const exempt = module !== toolchainModule && matchingPattern(noSumdb, module) !== null;
    if (!database || typeof key === 'string' || database.url !== null || exempt) return new Map();
    const outcome = await Promise.race([options.lookup(lookupFile(database.name, module, version)), pause(lookupMs)]);
    const record = outcome?.kind === 'file' ? readLookup(await bytesOf(outcome.body), key) : null;
    if (!record || 'wrong' in record || lookupFault({ module, version }, record)) return new Map();
    return (await liesInTree(record)) ? hashesOf(parseGoSum(record.text)) : new Map();
  };
  const tile = (path: string): Promise<Buffer | null> => {
    const known = tiles.get(path) ?? options.tile(`sumdb/${database!.name}/${path}`);
    tiles.set(path, known);
    return known;
  };
  const liesInTree = ({ tree, id, text }: LookedUp): Promise<boolean | null> =>
    Promise.race([isRecordIn(tree, id, text, tile), pause(lookupMs)]);
  const wrongRecord = async (file: ProxyFile, answer: Buffer, signer: VerifierKey): Promise<string | null> => {
    const record = readLookup(answer, signer);
    const fault = lookupFault(file, record);
    if (fault !== null || 'wrong' in record) return fault;
    // Where it can't be told here, go finds out.
    return (await liesInTree(record)) === false ? `record ${record.id} of the signed tree is another one` : null;
  };
  const expected = async (file: ProxyFile, mayAsk: boolean): Promise<string | null> => {
    const name = sumName({ ...file, kind: file.kind === 'mod' ? 'mod' : 'zip' });
    const known = hashes.get(name);
    if (known || !mayAsk) return known ?? null;
    const version = `${file.module} ${file.version}`;
    const record = records.get(version) ?? recorded(file);
    records.set(version, record);
    return (await record).get(name) ?? null;
  };

  return async (file, body, { mayAsk }) => {
    if (file.kind === 'lookup') return typeof key === 'string' ? null : wrongRecord(file, await bytesOf(body), key);
    if (file.kind !== 'mod' && file.kind !== 'zip') return null;
    const hash = await expected(file, mayAsk);
    if (!hash) return null;
    try {
      const found = file.kind === 'mod' ? hashGoMod(await bytesOf(body)) : await options.hashZip(body);
      return found === hash ? null : `checksum mismatch: ${found} instead of ${hash}`;
    } catch (error) {
      return wordsOf(error);
    }
  };
}

function lookupFault(
  { module, version }: Pick<ProxyFile, 'module' | 'version'>,
  record: ReturnType<typeof readLookup>,
): string | null {
  if ('wrong' in record) return record.wrong;
  const isRight = record.lines.some(line => line.startsWith(`${module} ${version} `));
  return isRight ? null : `a record of "${record.lines[0]}" in place of ${module} ${version}`;
}

function pause(ms: number): Promise<null> {
  return new Promise(resolve => setTimeout(resolve, ms, null).unref());
}
