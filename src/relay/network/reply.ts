import type { Readable } from 'node:stream';

/** The head of an answer, and its body as it arrives. */
export interface Reply {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Readable;
  /** Where it came from after redirects. */
  url: URL;
}

/** One header, the first where it is given several times. */
export function header(reply: Pick<Reply, 'headers'>, name: string): string | null {
  const value = reply.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
