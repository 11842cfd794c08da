import { authRulesOf } from '../go/auth-rules.ts';
import { readGoFacts } from '../go/facts.ts';
import { probeUrl, type UrlProbe } from '../probe/url.ts';
import { reporters } from '../report/reporters.ts';
import { CliError } from '../system/errors.ts';
import { parseUrl, writeUrl } from '../system/network/go-url.ts';
import type { Command } from './command.ts';

export interface ProbeOptions {
  timeout?: number;
}

/** Seconds. */
const defaultTimeout = 10;

/** Takes one URL through DNS, TCP, TLS and HTTP, and says what answers. */
export const probe: Command<ProbeOptions> = async call => {
  const { context, out, args, options } = call;
  const deadlineMs = (options.timeout ?? defaultTimeout) * 1000;
  const { url, written } = readUrl(args[0]!);
  const { settings } = await readGoFacts(context);
  const found = await probeUrl(context, url, { deadlineMs, rules: authRulesOf(settings), written });
  if (context.signal.aborted) return 130;
  out.json('probe', asJson(found));
  out.show((await reporters.table.url()).urlTable(found, out.drawing(call.t)));
  return found.ok ? 0 : 1;
};

/** `https://` is added to a bare host. */
function readUrl(text: string): { url: URL; written: string } {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  if (!url?.hostname || !/^https?:$/.test(url.protocol)) throw new CliError('probe.bad-url', { value: text }, 2);
  const parsed = parseUrl(full);
  return { url, written: parsed.ok ? writeUrl({ ...parsed.url, fragment: '' }) : url.href };
}

function asJson({ stages, ...rest }: UrlProbe): object {
  return {
    ...rest,
    stages: stages.map(stage => ({ ...stage, durationMs: Math.round(stage.durationMs * 1000) / 1000 })),
  };
}
