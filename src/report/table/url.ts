import type { Translate } from '../../messages/index.ts';
import type { UrlProbe } from '../../probe/url.ts';
import { causeInShort } from '../cause-in-short.ts';
import { type Drawing, type Line, result } from '../line.ts';
import { renderTable } from './columns.ts';

/** Headers that tell of a cache between here and the server. */
const cacheHeaders = ['via', 'age', 'x-cache', 'x-cache-status', 'cf-cache-status', 'cache-control'];

/** What `probe URL` prints: the verdict, the stages, and what showed itself on the way. */
export function urlTable(probe: UrlProbe, drawing: Drawing): Line[] {
  const { t, paint, width } = drawing;
  const columns = [
    { title: '' },
    { title: t('probe.url.stage') },
    { title: t('probe.url.time'), align: 'right' as const },
    { title: t('probe.url.detail') },
  ];
  const rows = probe.stages.map(({ stage, ok, durationMs, detail }) => [
    ok ? paint.green('✓') : paint.red('✗'),
    stage.toUpperCase(),
    `${durationMs.toFixed(durationMs < 10 ? 1 : 0)} ms`,
    detail,
  ]);
  return [result([verdict(probe, t, drawing), '', renderTable(columns, rows, width), ...remarks(probe, t)].join('\n'))];
}

function verdict(probe: UrlProbe, t: Translate, { paint }: Pick<Drawing, 'paint'>): string {
  const { url, service, target, ok } = probe;
  if (!ok) return paint.red(`✗ ${t('probe.url.failed', { url, cause: causeInShort(probe, t), target })}`);
  return paint.green(`✓ ${t('probe.url.ok', { url, what: t(`probe.service.${service.kind}`) })}`);
}

function remarks(probe: UrlProbe, t: Translate): string[] {
  const { redirects, proxy, tls, http, service } = probe;
  const cache = cacheHeaders.flatMap(name => (http?.headers[name] ? [`${name}: ${http.headers[name]}`] : []));
  const lines = redirects.map(({ status, url }) => t('probe.url.redirect', { status, url }));
  if (proxy) lines.push(t('probe.url.proxy', proxy));
  if (tls) {
    const { subject, issuer, protocol, expires } = tls;
    lines.push(t('probe.url.certificate', { subject, issuer, protocol, expires: expires?.slice(0, 10) ?? '?' }));
  }
  if (cache.length > 0) lines.push(t('probe.url.cache', { headers: cache.join(', ') }));
  if (service.wantsLogin) lines.push(t('probe.url.login', { challenge: service.wantsLogin }));
  return lines.length > 0 ? ['', ...lines] : [];
}
