import { execFileSync } from 'node:child_process';
import { serveNames } from '../../test/lab/faults/world/dns.ts';

/**
 * Runs in an emulated network, in a mount namespace of its own: `names.ts RESOLV_CONF NAME=ADDRESS...` is the name server of that
 * machine, says `ready`, and ends with its input.
 */
const [resolver = '', ...pairs] = process.argv.slice(2);
const hosts = pairs.map(pair => {
  const [name = '', address = ''] = pair.split('=');
  return { names: [name], at: [address], records: [address] };
});
execFileSync('mount', ['--bind', resolver, '/etc/resolv.conf']);
await serveNames('127.0.0.1', 'ok', hosts);
process.stdin.on('end', () => process.exit()).resume();
process.stdout.write('ready\n');
