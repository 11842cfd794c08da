import { untrusted } from '../text.ts';
import { codeOf, NetworkFailure, wordsOf } from './failure.ts';

/** A request that the server can't have answered, so that it may be sent again, as Go does (net/http/h2_bundle.go, `http2canRetryError`). */
export class UnheardRequest extends Error {}

/** Why a request ended without a whole answer, as the cause that it stands for. `bytes` of the body had come. */
export function requestFailure(
  error: unknown,
  target: string,
  { method, started, bytes }: { method: string; started: boolean; bytes: number },
): NetworkFailure {
  if (error instanceof NetworkFailure) return error;
  const code = codeOf(error);
  const words = untrusted(wordsOf(error));
  if (started && method !== 'HEAD') {
    return new NetworkFailure('http', 'truncated-download', target, `unexpected EOF after ${bytes} bytes: ${words}`);
  }
  // The parser's errors: what answers speaks another protocol.
  if (code.startsWith('HPE_') || /parse|malformed/i.test(words)) {
    return new NetworkFailure('http', 'captive-or-html-response', target, words);
  }
  return new NetworkFailure('http', 'connection-reset', target, code === 'UND_ERR_SOCKET' ? `EOF: ${words}` : words);
}

/** Asked, and then silence. */
export function stalled(target: string, bytes = 0): NetworkFailure {
  const words = bytes > 0 ? `no more bytes after ${bytes}` : 'connected, and then no answer';
  return new NetworkFailure('http', 'stalled', target, words);
}
