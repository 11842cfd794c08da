import type { Body } from '../../src/modproxy/body.ts';
import type { Spool, SpoolWriter } from '../../src/relay/spool.ts';

/** A spool in memory that counts what is open. */
export function memorySpool(): Spool & { held: Set<Body> } {
  const held = new Set<Body>();
  return {
    held,
    writer(): SpoolWriter {
      const chunks: Buffer[] = [];
      return {
        expect: () => {},
        write: async chunk => void chunks.push(chunk),
        async finish() {
          const bytes = Buffer.concat(chunks);
          const body: Body = { kind: 'memory', bytes, size: bytes.length };
          held.add(body);
          return body;
        },
        discard: async () => {},
      };
    },
    hasRoom: () => true,
    release: async body => void held.delete(body),
    close: () => {},
  };
}
