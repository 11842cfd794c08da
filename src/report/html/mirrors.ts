import type { MirrorProbe } from '../../probe/result.ts';
import { type Bilingual, html, type Markup } from './markup.ts';

const stages = [
  ['dns', 'dnsMs'],
  ['tcp', 'connectMs'],
  ['tls', 'tlsMs'],
  ['ttfb', 'ttfbMs'],
] as const;

/** A waterfall of the stages of each mirror's first connection, on one scale, and the estimated pull times as bars. */
export function mirrorsSection({ say }: Bilingual, mirrors: readonly MirrorProbe[]): Markup | null {
  if (mirrors.length === 0) return null;
  const longest = Math.max(1, ...mirrors.map(connectionMs));
  const estimates = mirrors.filter(({ estimatedPullMs, status }) => estimatedPullMs !== null && status !== 'fail');
  const slowest = Math.max(1, ...estimates.map(({ estimatedPullMs }) => estimatedPullMs!));
  return html`<h2>${say('html.mirrors')}</h2>
<p class="legend">${stages.map(([name]) => html`<span><i class="${name}"></i>${say(`html.stage.${name}`)}</span>`)}</p>
${mirrors.map(waterfall)}
${estimates.length > 0 ? html`<h2>${say('html.estimates')}</h2>${estimates.map(estimate)}` : null}`;

  function waterfall(mirror: MirrorProbe): Markup {
    const parts = stages.map(
      ([name, key]) => html`<i class="${name}" style="width:${percent(mirror.phases[key] ?? 0, longest)}"></i>`,
    );
    const value =
      mirror.status === 'fail'
        ? html`<span class="fail-text">${say(mirror.cause ? `probe.cause.${mirror.cause}` : 'html.status.fail')}</span>`
        : html`${milliseconds(connectionMs(mirror))}`;
    return html`<div class="bar"><span class="name">${mirror.name}</span><span class="track">${parts}</span><span class="value">${value}</span></div>`;
  }

  function estimate({ name, estimatedPullMs, uncertaintyMs, score }: MirrorProbe): Markup {
    const spread = uncertaintyMs ? ` ± ${seconds(uncertaintyMs)}` : '';
    return html`<div class="bar"><span class="name">${name}</span><span class="track"><i class="pull" style="width:${percent(estimatedPullMs!, slowest)}"></i></span>
<span class="value">${seconds(estimatedPullMs!)} s${spread} · ${score ?? '–'}</span></div>`;
  }
}

const connectionMs = ({ phases }: MirrorProbe): number => stages.reduce((sum, [, key]) => sum + (phases[key] ?? 0), 0);
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)}%`;
const milliseconds = (ms: number): string => `${Math.round(ms)} ms`;
const seconds = (ms: number): string => (ms / 1000).toFixed(ms < 10_000 ? 1 : 0);
