import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onCleanup } from './cleanup.ts';

/**
 * What happens to whole connections, whatever they carry: `{ from: 2, does: 'refuse' }` lets one in and nobody after it;
 * `{ does: 'reset', afterBytes: 100_000 }` resets each once so much has been sent to the client.
 */
export interface ConnectionFault {
  /** The first and the last connection that it happens to, counted from 1. Default: all. */
  from?: number;
  to?: number;
  /** `refuse`: nobody listens any more. `reset`: a TCP reset. `end`: closed in peace, in the middle of what is sent. `stall`: no byte more, either way. */
  does: 'refuse' | 'reset' | 'end' | 'stall';
  /** Once so many bytes were sent to the client, or so long after it came. Default: at once. */
  afterBytes?: number;
  afterMs?: number;
}

/** Stands before a server on loopback and hands connections on, or not. */
export interface Relay {
  readonly port: number;
  /** Connections accepted so far. */
  readonly accepted: number;
  close(): Promise<void>;
}

export async function relayTo(target: number, faults: readonly ConnectionFault[], port = 0): Promise<Relay> {
  const open = new Set<Socket>();
  let accepted = 0;
  const server = createServer(client => {
    accepted += 1;
    const number = accepted;
    const inner = connect(target, '127.0.0.1');
    for (const socket of [client, inner]) {
      open.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => open.delete(socket));
    }
    let isStalled = false;
    let sent = 0;
    const happen = (fault: ConnectionFault): void => {
      if (client.destroyed || isStalled) return;
      if (fault.does === 'stall') isStalled = true;
      else if (fault.does === 'end') client.end(() => inner.destroy());
      else {
        client.resetAndDestroy();
        inner.destroy();
      }
    };
    const own = faults.filter(({ from = 1, to = Number.POSITIVE_INFINITY }) => number >= from && number <= to);
    client.on('data', chunk => isStalled || inner.write(chunk));
    inner.on('data', chunk => {
      if (isStalled || client.destroyed) return;
      const due = own.find(({ afterBytes }) => afterBytes !== undefined && sent + chunk.length >= afterBytes);
      const part = due ? chunk.subarray(0, Math.max(0, due.afterBytes! - sent)) : chunk;
      sent += part.length;
      if (part.length > 0 && !client.write(part)) inner.pause();
      // What was written shall arrive before the connection goes.
      if (due) setTimeout(() => happen(due), due.does === 'reset' ? 20 : 0);
      if (due) inner.pause();
    });
    client.on('drain', () => isStalled || inner.resume());
    client.once('end', () => isStalled || inner.end());
    inner.once('end', () => isStalled || client.end());
    client.once('close', () => inner.destroy());
    inner.once('close', () => isStalled || client.end());
    for (const fault of own) {
      if (fault.afterBytes !== undefined) continue;
      if (fault.afterMs === undefined) happen(fault);
      else setTimeout(() => happen(fault), fault.afterMs).unref();
    }
    const refusal = faults.find(({ does }) => does === 'refuse');
    if (refusal && number + 1 >= (refusal.from ?? 1)) server.close();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: at } = server.address() as AddressInfo;
  if (faults.some(({ does, from = 1 }) => does === 'refuse' && from === 1)) server.close();
  const close = onCleanup(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  return {
    port: at,
    get accepted() {
      return accepted;
    },
    close,
  };
}
