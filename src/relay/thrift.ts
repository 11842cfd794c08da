import { setFlagsFromString } from 'node:v8';

/** From here on V8 favours memory over speed: a large pull would leave 100 MB of what has passed through lying about. */
const plentyBytes = 130_000_000;

/** To be called now and then. A small pull never gets there, and keeps the whole speed. */
export function thrift(): void {
  if (process.memoryUsage.rss() > plentyBytes) setFlagsFromString('--optimize-for-size');
}
