import { isIPv4, isIPv6 } from 'node:net';

/** An address as bytes, an IPv4 one in IPv6 form as the four it is (`IP.To4`); null for what is none, with a zone too (`net.ParseIP`). */
export function parseIp(text: string): Buffer | null {
  const bytes = ipBytes(text);
  return bytes && asFour(bytes);
}

/** The 4 or 16 bytes of an address as it is written. */
export function ipBytes(text: string): Buffer | null {
  if (isIPv4(text)) return Buffer.from(text.split('.').map(Number));
  if (!isIPv6(text) || text.includes('%')) return null;
  // The last 32 bits may be written as IPv4.
  const hex = text.replace(/[\d.]+\.\d+$/, four => {
    const pairs = Buffer.from(four.split('.').map(Number)).toString('hex');
    return `${pairs.slice(0, 4)}:${pairs.slice(4)}`;
  });
  const [head = '', tail] = hex.split('::');
  const groups = (part: string): string[] => part.split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(zeros).fill('0'), ...groups(tail ?? '')];
  return Buffer.from(all.map(group => group.padStart(4, '0')).join(''), 'hex');
}

const mapped = Buffer.from('00000000000000000000ffff', 'hex');

/** IPv4 in IPv6 form as its four bytes; others as they are. */
export function asFour(bytes: Buffer): Buffer {
  return bytes.length === 16 && bytes.subarray(0, 12).equals(mapped) ? bytes.subarray(12) : bytes;
}
