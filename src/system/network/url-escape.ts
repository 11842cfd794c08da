/** The parts of a URL in which Go escapes different characters (net/url/encoding_table.go). */
export type UrlPart = 'path' | 'host' | 'user' | 'fragment';

/** Bytes that stay as they are when Go writes a part. */
const kept: Record<UrlPart, RegExp> = {
  path: /[A-Za-z0-9\-._~$&+,/:;=@]/,
  host: /[A-Za-z0-9\-._~!"$&'()*+,:;<=>[\]]/,
  user: /[A-Za-z0-9\-._~$&+,;=]/,
  fragment: /[A-Za-z0-9\-._~!$&()*+,/:;=?@]/,
};

/** Whether a byte may stand in a host as it is. */
export function isHostByte(byte: number): boolean {
  return byte >= 0x80 || kept.host.test(String.fromCharCode(byte));
}

/**
 * A part of a URL, as written, in the form in which Go writes it: path and fragment stay where their writing is sound
 * (`validEncoded`), all else is unescaped and escaped anew.
 */
export function rewritten(text: string, part: UrlPart): string {
  const sound = { path: /^[A-Za-z0-9\-._~!$&'()*+,;=:@[\]%/]*$/, fragment: /^[A-Za-z0-9\-._~!$&'()*+,;=:@[\]%/?]*$/ };
  if ((part === 'path' || part === 'fragment') && sound[part].test(text)) return text;
  const bytes = Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return escaped(bytes, part);
}

/** Bytes (one a character) in the form in which Go writes them in a part of a URL (`escape`). */
export function escaped(bytes: string, part: UrlPart): string {
  return Array.from(bytes, byte => (kept[part].test(byte) ? byte : percent(byte))).join('');
}

function percent(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
