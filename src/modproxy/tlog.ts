import { createHash } from 'node:crypto';
import type { Tree } from './records.ts';

/** The tree is kept in tiles of so many hashes (golang.org/x/mod/sumdb/tlog, `Tile`, height 8). */
const tileWidth = 256;
const hashBytes = 32;

/** Reads a tile by its path in a database, `tile/8/0/x001/234.p/5`; null where it can't be had. What comes is not trusted. */
export type ReadTile = (path: string) => Promise<Buffer | null>;

/**
 * Whether the record of this number in a signed tree has this text. False: another one is there. Null: that can't be told, since tiles
 * can't be had or are not those of the tree.
 */
export async function isRecordIn(tree: Tree, id: number, text: string, read: ReadTile): Promise<boolean | null> {
  if (id < 0 || id >= tree.size) return false;
  const edges = edgesOf(tree.size);
  const top = edges.find(edge => id < edge.end)!;
  const below = Array.from({ length: top.level }, (_, index) => top.level - 1 - index);
  const [edgeHashes, pathHashes] = await Promise.all([
    Promise.all(edges.map(({ level, number, width }) => hashesOf(read, level, number, width))),
    Promise.all(below.map(level => hashesOf(read, level, Math.floor(id / tileWidth ** (level + 1)), tileWidth))),
  ]);
  const roots: Buffer[] = [];
  for (const hashes of edgeHashes) {
    if (!hashes) return null;
    roots.push(...completeTrees(hashes));
  }
  if (!roots.reduceRight((right, left) => nodeHash(left, right)).equals(tree.hash)) return null;
  let trusted = edgeHashes[edges.indexOf(top)]![Math.floor(id / tileWidth ** top.level) % tileWidth]!;
  for (const [index, level] of below.entries()) {
    const hashes = pathHashes[index];
    if (!hashes || !completeTrees(hashes)[0]!.equals(trusted)) return null;
    trusted = hashes[Math.floor(id / tileWidth ** level) % tileWidth]!;
  }
  return trusted.equals(sha256(Buffer.from([0]), Buffer.from(text)));
}

interface Edge {
  level: number;
  /** The place of the tile among those of its level, and how many hashes it has. */
  number: number;
  width: number;
  /** The first record that is not below it. */
  end: number;
}

/** The tiles that are not full at the right edge of a tree, from the left: the hashes in them stand for every record, each once. */
function edgesOf(size: number): Edge[] {
  const edges: Edge[] = [];
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / tileWidth)) {
    const width = count % tileWidth;
    const edge = { level, number: Math.floor(count / tileWidth), width, end: count * tileWidth ** level };
    if (width > 0) edges.unshift(edge);
  }
  return edges;
}

/** The hashes of a tile. Where one that is not full is gone, the full one may have taken its place. */
async function hashesOf(read: ReadTile, level: number, number: number, width: number): Promise<Buffer[] | null> {
  const full = `tile/8/${level}/${tileNumber(number)}`;
  const tile = (width < tileWidth ? await read(`${full}.p/${width}`) : null) ?? (await read(full));
  if (!tile || tile.length < width * hashBytes) return null;
  return Array.from({ length: width }, (_, at) => tile.subarray(at * hashBytes, (at + 1) * hashBytes));
}

/** As `tlog.Tile.Path` writes it: `x001/x234/067`. */
function tileNumber(number: number): string {
  const rest = Math.floor(number / 1000);
  const last = String(number % 1000).padStart(3, '0');
  return rest === 0 ? last : `${tileNumber(rest).replace(/[^/]+$/, 'x$&')}/${last}`;
}

/** The roots of the complete trees over some hashes, from the left: of five those over four and over one. */
function completeTrees(hashes: readonly Buffer[]): Buffer[] {
  const roots: Buffer[] = [];
  for (let at = 0, size = tileWidth; size > 0; size = Math.floor(size / 2)) {
    if (at + size > hashes.length) continue;
    let level = hashes.slice(at, at + size);
    while (level.length > 1)
      level = Array.from({ length: level.length / 2 }, (_, index) =>
        nodeHash(level[2 * index]!, level[2 * index + 1]!),
      );
    roots.push(level[0]!);
    at += size;
  }
  return roots;
}

/** RFC 6962. */
const nodeHash = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.from([1]), left, right);

const sha256 = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
