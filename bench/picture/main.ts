import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { cleanUp } from '../../test/lab/cleanup.ts';
import { ensureDebianPackages } from '../../test/lab/debian.ts';
import type { LabCase } from '../../test/lab/faults/case.ts';
import { host, modules } from '../../test/lab/faults/cases/parts.ts';
import { startMachine } from '../../test/lab/faults/machine.ts';

/**
 * Draws the pictures of the READMEs: what the doctor says, in a world of its own where goproxy.cn accepts connections and then
 * sends nothing.
 *
 *     node bench/run.js picture
 */
const stalled: LabCase = {
  id: 'picture',
  about: 'goproxy.cn stalls behind the wall',
  world: 'walled',
  hosts: [host('goproxy.cn', modules({ faults: [{ stall: 'before' }] }))],
  settings: 'GOPROXY=https://goproxy.cn,direct\n',
  env: { FORCE_COLOR: '1', COLUMNS: '110' },
  expect: [],
};

const colours: Record<number, string> = {
  31: '#ff7b72',
  32: '#56d364',
  33: '#e3b341',
  34: '#79c0ff',
  36: '#56d4dd',
  90: '#8b949e',
};
const folder = resolve(import.meta.dirname, '../../docs/images');
await mkdir(folder, { recursive: true });
const machine = await startMachine(stalled);
await ensureDebianPackages({ chromium: 'chromium' });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  for (const [language, name] of [
    ['en', 'doctor.png'],
    ['zh', 'doctor.zh-CN.png'],
  ] as const) {
    const { stdout } = await machine.doctor(['--lang', language], 60);
    const page = await browser.newPage({ viewport: { width: 1040, height: 400 }, deviceScaleFactor: 1.5 });
    await page.setContent(terminal(`$ go-mirror doctor\n${stdout}`));
    await page.locator('pre').screenshot({ path: resolve(folder, name) });
  }
} finally {
  await browser.close();
  await machine.remove();
  await cleanUp();
}

/** A terminal's text with its colours, as a page. */
function terminal(text: string): string {
  const escaped = text.replace(/[&<>]/g, char => `&#${char.charCodeAt(0)};`);
  const coloured = escaped.replace(/\u001b\[(\d+)m/g, (_, code: string) => tagOf(Number(code)));
  return `<style>pre{margin:0;padding:20px 24px;display:inline-block;background:#0d1117;color:#e6edf3;border-radius:8px;
font:15px/1.5 "DejaVu Sans Mono","WenQuanYi Micro Hei Mono","WenQuanYi Micro Hei",monospace}</style><pre>${coloured}</pre>`;
}

function tagOf(code: number): string {
  if (colours[code]) return `<span style="color:${colours[code]}">`;
  if (code === 1) return '<span style="font-weight:bold">';
  if (code === 2) return '<span style="opacity:.65">';
  return '</span>';
}
