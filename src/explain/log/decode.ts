import { TextDecoder } from 'node:util';

const utf8 = new TextDecoder('utf-8', { fatal: true });
const loose = new TextDecoder('utf-8');
let gbk: TextDecoder | null = null;

/** The text of a line: UTF-8, else GBK as Chinese Windows consoles write, else whatever of it is UTF-8. */
export function decodeLine(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    gbk ??= new TextDecoder('gb18030');
    const text = gbk.decode(bytes);
    return text.includes('\uFFFD') ? loose.decode(bytes) : text;
  }
}

/** Which UTF-16 a log is in, by its byte order mark or by the zero bytes of ASCII text; null for anything else. */
function utf16Of(start: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const length = Math.min(start.length, 1000) & ~1;
  for (let at = 0; at < length; at++) if (start[at] === 0) zeros[at & 1]!++;
  if (length < 8 || Math.max(...zeros) < length / 4) return null;
  return zeros[1]! > zeros[0]! * 4 ? 'utf-16le' : zeros[0]! > zeros[1]! * 4 ? 'utf-16be' : null;
}

/** A log in UTF-16 (PowerShell's `>`) as UTF-8; any other as it is. */
export async function* asUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | null = null;
  let first = true;
  for await (const chunk of chunks) {
    if (first && chunk.length > 0) {
      const name = utf16Of(chunk);
      decoder = name && new TextDecoder(name);
      first = false;
    }
    yield decoder
      ? Buffer.from(decoder.decode(chunk, { stream: true }))
      : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
}
