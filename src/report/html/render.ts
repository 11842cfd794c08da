import type { DoctorReport, ReportedFinding } from '../../doctor/report.ts';
import type { Remark } from '../../go/judge-settings.ts';
import type { RouteResult } from '../../go/route.ts';
import type { Settings } from '../../go/settings.ts';
import { type Language, loadMessages, type Translate } from '../../messages/index.ts';
import type { MirrorProbe } from '../../probe/result.ts';
import { maskDeep } from '../../system/secrets.ts';
import { bilingual, html, Markup } from './markup.ts';
import { mirrorsSection } from './mirrors.ts';
import { findingMarkup, findingsSection, routeSection, settingsSection } from './sections.ts';
import { style } from './style.ts';

/** What a page shows. */
export interface HtmlReport {
  verdict: DoctorReport['verdict'];
  settings: Settings;
  remarks: readonly Remark[];
  routes: readonly RouteResult[];
  mirrors: readonly MirrorProbe[];
  findings: readonly ReportedFinding[];
  /** When it was made, and how long the run took, milliseconds. */
  madeAt: Date;
  durationMs: number;
  version: string;
  platform: string;
}

/** One page that needs nothing else: no script, no picture, nothing fetched. Passwords are masked before anything is drawn. */
export async function renderHtml(
  report: HtmlReport,
  { language: shown, started }: Pick<Translate, 'language' | 'started'>,
): Promise<string> {
  const { madeAt, ...rest } = report;
  const { verdict, settings, remarks, routes, mirrors, findings, durationMs, version, platform } = maskDeep(rest);
  const both = bilingual(await loadMessages('en', started), await loadMessages('zh', started));
  const { say } = both;
  const command = verdict.finding?.remediation.commands[0] ?? null;
  const broken = new Set(mirrors.filter(({ status }) => status === 'fail').map(({ url }) => url));
  const choice = (language: Language, tag: string, title: string) =>
    html`<label lang="${tag}"><input type="radio" name="language" id="show-${language}"${language === shown ? new Markup(' checked') : null}>${title}</label>`;
  const go = settings.go ? settings.go.version : 'go –';
  return html`<!doctype html>
<html lang="${shown === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>go-mirror doctor</title>
<style>${new Markup(style)}</style>
</head>
<body>
<header><h1>go-mirror doctor</h1><div class="languages" role="radiogroup" aria-labelledby="language"><span class="dim" id="language">${say('html.language')}</span>${choice('en', 'en', 'English')}${choice('zh', 'zh-CN', '中文')}</div></header>
<p class="dim"><time datetime="${madeAt.toISOString()}">${madeAt.toISOString().replace('T', ' ').slice(0, 19)} UTC</time> · ${go} · ${platform} · go-mirror ${version} · ${(durationMs / 1000).toFixed(1)} s</p>
<main>
<section class="verdict ${verdict.status}">${verdict.finding ? findingMarkup(both, verdict.finding) : say(verdict.code, verdict.args)}${command ? html`<pre>${both.en.command(command)}</pre>` : null}</section>
${findingsSection(both, findings)}
${settingsSection(both, settings, remarks)}
${routeSection(both, routes, broken)}
${mirrorsSection(both, mirrors)}
</main>
<footer><p>${say('html.footer')}</p></footer>
</body>
</html>
`.text;
}
