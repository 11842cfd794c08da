import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Since Go 1.19, and since 1.20 (cmd/go/internal/modindex/write.go, `indexVersion`). */
const formats = ['go index v1', 'go index v2'];

/**
 * Where go may keep its index of an unpacked module: in the build cache, by the folder's name alone, so that it says the same of a
 * folder that was damaged when go first read it, however often that is unpacked again (cmd/go/internal/modindex/read.go, `moduleHash`).
 * `version`: of the go that runs, `go1.26.8`.
 */
export function moduleIndexFiles(buildCache: string, version: string, folder: string): string[] {
  const salt = version.replace(/[ -]X:.*$/, '');
  return formats.map(format => {
    const id = createHash('sha256').update(`${salt}module index ${version} ${format} ${folder}\n`).digest('hex');
    return join(buildCache, id.slice(0, 2), `${id}-a`);
  });
}
