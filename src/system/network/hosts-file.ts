import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { Context } from '../context.ts';

/** The addresses that the hosts file gives for a name, in its order; none where it does not name it. */
export async function hostsFileAddresses(context: Context, host: string): Promise<string[]> {
  const path =
    context.platform === 'win32'
      ? join(context.env.SystemRoot ?? 'C:\\Windows', 'System32\\drivers\\etc\\hosts')
      : '/etc/hosts';
  const text = await readFile(path, 'utf8').catch(() => '');
  return addressesIn(text, host);
}

/** The same, from the text of a hosts file. */
function addressesIn(text: string, host: string): string[] {
  const name = host.toLowerCase().replace(/\.$/, '');
  const found: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (!address || !isIP(address.replace(/%.*/, ''))) continue;
    if (names.some(other => other.toLowerCase().replace(/\.$/, '') === name) && !found.includes(address)) {
      found.push(address);
    }
  }
  return found;
}
