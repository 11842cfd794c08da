import type { ReportedFinding } from '../../doctor/report.ts';
import type { Remark } from '../../go/judge-settings.ts';
import type { RouteResult } from '../../go/route.ts';
import type { SettingName, Settings } from '../../go/settings.ts';
import { wordFinding } from '../finding.ts';
import { maskedArgs } from '../remarks.ts';
import { type Bilingual, html, inBoth, type Markup } from './markup.ts';

/** The findings that are not fine, with the commands that put them right; those that are fine are folded away. */
export function findingsSection(both: Bilingual, findings: readonly ReportedFinding[]): Markup {
  const { say } = both;
  const item = (
    finding: ReportedFinding,
  ): Markup => html`<li><span class="badge ${finding.status}">${say(`html.status.${finding.status}`)}</span>
${findingMarkup(both, finding)} ${finding.target ? html`<code>${finding.target}</code>` : null}
${finding.remediation.commands.length > 0 ? html`<pre>${finding.remediation.commands.map(both.en.command).join('\n')}</pre>` : null}</li>`;
  const wrong = findings.filter(({ status }) => status !== 'pass' && status !== 'skip');
  const fine = findings.filter(({ status }) => status === 'pass' || status === 'skip');
  return html`<h2>${say('html.findings')}</h2>
<ol class="findings">${wrong.map(item)}</ol>
${wrong.length === 0 ? html`<p>${say('html.nothing-wrong')}</p>` : null}
${fine.length > 0 ? html`<details><summary>${say('html.fine', { count: fine.length })}</summary><ol class="findings">${fine.map(item)}</ol></details>` : null}`;
}

/** What a finding says, in both languages. */
export function findingMarkup({ en, zh }: Bilingual, finding: ReportedFinding): Markup {
  return inBoth(wordFinding(finding, en), wordFinding(finding, zh));
}

/** Each setting in effect, where it comes from and what it hides. */
export function settingsSection({ say }: Bilingual, settings: Settings, remarks: readonly Remark[]): Markup {
  const rows = (Object.keys(settings.values) as SettingName[]).map(name => {
    const { value, source, shadowed } = settings.values[name];
    const hidden = shadowed && html`<div class="dim">${say('html.hides', { value: shadowed.value })}</div>`;
    const said = remarks
      .filter(({ setting }) => setting === name)
      .map(
        ({ level, code, args }) => html`<div class="remark ${level}">${say(`remark.${code}`, maskedArgs(args))}</div>`,
      );
    return html`<tr><th scope="row"><code>${name}</code></th><td>${value === '' ? html`<span class="dim">–</span>` : html`<code>${value}</code>`}${hidden}${said}</td><td>${say(`html.source.${source}`)}</td></tr>`;
  });
  return html`<h2>${say('html.settings')}</h2>
<div class="scroll"><table><thead><tr><th>${say('html.setting')}</th><th>${say('html.value')}</th><th>${say('html.from')}</th></tr></thead><tbody>${rows}</tbody></table></div>
<p class="dim">${settings.envFile.path ? html`${say('html.env-file')} <code>${settings.envFile.path}</code>` : null}</p>`;
}

/** The way that go takes for each module looked at, drawn hop by hop. `broken` holds the URLs of mirrors that fail. */
export function routeSection(
  { say }: Bilingual,
  routes: readonly RouteResult[],
  broken: ReadonlySet<string>,
): Markup | null {
  if (routes.length === 0) return null;
  return html`<h2>${say('html.route')}</h2>${routes.map(result => (result.ok ? drawn(result.route) : refused(result.error)))}`;

  function drawn({ module, steps, checksumDatabase }: Extract<RouteResult, { ok: true }>['route']): Markup {
    const hops = steps.map(
      ({
        kind,
        url,
        fallsBackOn,
      }) => html`<span class="arrow">→</span><span class="hop${url && broken.has(url) ? ' fail' : ''}">${url ?? say(`html.hop.${kind}`)}</span>
${fallsBackOn ? html`<span class="arrow">${say(`html.falls-back.${fallsBackOn}`)}</span>` : null}`,
    );
    const verified = checksumDatabase.used
      ? say('html.verified-by', { name: checksumDatabase.name ?? '' })
      : say(`route.sum.${checksumDatabase.reason}`, { ...checksumDatabase.matched });
    return html`<div class="route"><span class="hop"><code>${module}</code></span>${hops}</div><p class="dim">${verified}</p>`;
  }

  function refused(error: { message: string; variable: string; value: string }): Markup {
    return html`<p class="fail-text">${say('html.refused', { variable: error.variable })} <code>${error.value}</code>: ${error.message}</p>`;
  }
}
