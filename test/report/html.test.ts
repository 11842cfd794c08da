import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { note, problem } from '../../src/doctor/finding.ts';
import { type Setting, type SettingName, type Settings, settingNames } from '../../src/go/settings.ts';
import type { MirrorProbe } from '../../src/probe/result.ts';
import { type HtmlReport, renderHtml } from '../../src/report/html/render.ts';
import { ensureDebianPackages } from '../lab/debian.ts';

const setting = (value: string): Setting => ({ value, source: 'file', shadowed: null });
const settings: Settings = {
  go: { version: 'go1.26.8', path: '/usr/local/go/bin/go' },
  envFile: { path: '/home/dev/.config/go/env', exists: true, off: false, ignored: [] },
  values: Object.fromEntries(settingNames.map(name => [name, setting('')])) as Record<SettingName, Setting>,
};
settings.values.GOPROXY = {
  value: 'https://dev:hunter2@athens.corp.example.com,https://goproxy.cn,direct',
  source: 'os',
  shadowed: { value: 'https://goproxy.cn,direct', source: 'file' },
};

const mirror = (name: string, rest: Partial<MirrorProbe>): MirrorProbe => ({
  name,
  url: `https://${name}`,
  counts: true,
  status: 'ok',
  score: 100,
  cause: null,
  reason: null,
  target: `${name}:443`,
  detail: '',
  phases: { dnsMs: 4, connectMs: 12, tlsMs: 30, ttfbMs: 41, totalMs: 90 },
  requests: [],
  checksumDatabase: { supported: true, verified: true, cause: null, treeSize: 51_929_436 },
  content: { verified: true },
  bandwidthBytesPerSecond: 4_000_000,
  estimatedPullMs: 38_400,
  uncertaintyMs: 3_800,
  ...rest,
});

const stalled = {
  ...problem('fail', 'stalled', 'goproxy.cn:443', { code: 'no-such-code' }),
  remediation: { commands: ['go-mirror use aliyun'], changes: [] },
};

const report: HtmlReport = {
  verdict: { status: 'fail', finding: stalled, code: '', args: {} },
  settings,
  remarks: [],
  routes: [
    {
      ok: true,
      route: {
        module: 'rsc.io/quote',
        private: null,
        steps: [
          { kind: 'proxy', url: 'https://goproxy.cn', fallsBackOn: 'not-found' },
          { kind: 'direct', url: null, fallsBackOn: null },
        ],
        checksumDatabase: { used: true, name: 'sum.golang.org', via: 'proxy', reason: 'default' },
      },
    },
  ],
  mirrors: [
    mirror('goproxy.cn', {
      status: 'fail',
      cause: 'stalled',
      score: 0,
      estimatedPullMs: null,
      phases: { dnsMs: 2, connectMs: 9, tlsMs: 21, ttfbMs: null, totalMs: null },
    }),
    mirror('aliyun', {}),
    mirror('<script>alert(1)</script>', { estimatedPullMs: 61_000, score: 62.3 }),
  ],
  findings: [stalled, { ...note('pass', 'no-such-code', 'GOSUMDB'), remediation: { commands: [], changes: [] } }],
  madeAt: new Date('2026-11-22T08:00:00Z'),
  durationMs: 5_210,
  version: '0.1.0',
  platform: 'linux',
};

describe('the page of --report, in Chromium', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'go-mirror-page-'));
    await ensureDebianPackages({ chromium: 'chromium' });
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(shown: 'en' | 'zh', width: number, colorScheme: 'light' | 'dark' = 'light') {
    const file = join(folder, `${shown}-${width}.html`);
    await writeFile(file, await renderHtml(report, { language: shown, started: 'go-mirror' }));
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const requests: string[] = [];
    const errors: string[] = [];
    page.on('request', request => requests.push(request.url()));
    page.on('pageerror', error => errors.push(error.message));
    page.on('console', message => errors.push(message.text()));
    await page.goto(pathToFileURL(file).href);
    return { page, requests, errors, url: pathToFileURL(file).href };
  }

  it.each([320, 375, 768, 1280])('fits a screen of %d pixels and loads nothing', async width => {
    const { page, requests, errors, url } = await open('en', width);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(requests).toEqual([url]);
    expect(errors).toEqual([]);
    await page.close();
  });

  describe.each([320, 768, 1280])('the choice of the language, %d pixels wide', width => {
    const english = 'Settings in effect';
    const chinese = '生效的设置';
    const shows = async (page: Page, there: string, gone: string) => {
      const text = await page.innerText('main');
      expect(text).toContain(there);
      expect(text).not.toContain(gone);
    };

    // With every font the words have another width; the first is that of a machine without Chinese letters, on every machine.
    it.each(['letter-spacing:-.5em', 'font-size:2px', 'font-size:16px', 'font-size:48px'])(
      'is made by a click on a word or its button: %s',
      async letters => {
        const { page } = await open('en', width);
        await page.addStyleTag({ content: `.languages{${letters}}` });
        await shows(page, english, chinese);
        for (const [target, there, gone] of [
          ['text=中文', chinese, english],
          ['text=English', english, chinese],
          ['#show-zh', chinese, english],
          ['#show-en', english, chinese],
        ] as const) {
          await page.click(target, { timeout: 3000 });
          await shows(page, there, gone);
        }
        await page.close();
      },
    );

    it('is made by the keyboard, and one sees where one is', async () => {
      const { page } = await open('en', width);
      const focused = () => page.evaluate('document.activeElement.id') as Promise<string>;
      const outline = () => page.evaluate('getComputedStyle(document.activeElement.parentElement).outline');
      const before = await page.evaluate("getComputedStyle(document.querySelector('#show-en').parentElement).outline");
      await page.keyboard.press('Tab');
      expect(await focused()).toBe('show-en');
      expect(await outline()).not.toBe(before);
      await page.keyboard.press('ArrowRight');
      expect(await focused()).toBe('show-zh');
      await shows(page, chinese, english);
      await page.keyboard.press('ArrowLeft');
      await shows(page, english, chinese);
      await page.keyboard.press('ArrowDown');
      await shows(page, chinese, english);
      await page.keyboard.press('Tab');
      expect(await focused()).not.toMatch(/^show-/);
      await page.close();
    });

    it('is what its buttons show to the eye', async () => {
      const { page } = await open('zh', width);
      for (const button of await page.locator('.languages input').all()) {
        const box = (await button.boundingBox())!;
        expect(box.width).toBeGreaterThan(10);
        expect(box.x + box.width).toBeLessThanOrEqual(width);
      }
      const opacities =
        "[...document.querySelectorAll('.languages input')].map(each => getComputedStyle(each).opacity)";
      expect(await page.evaluate(opacities)).toEqual(['1', '1']);
      await page.close();
    });

    it('is named and in its place for a screen reader, which meets one language at a time', async () => {
      const { page } = await open('en', width);
      expect((await spoken(page)).slice(0, 5)).toEqual([
        'heading go-mirror doctor',
        'radiogroup Language',
        'radio English checked',
        'radio 中文',
        'heading What was found',
      ]);
      await page.check('#show-zh');
      const after = await spoken(page);
      expect(after.slice(0, 5)).toEqual([
        'heading go-mirror doctor',
        'radiogroup 语言',
        'radio English',
        'radio 中文 checked',
        'heading 检查结果',
      ]);
      expect(after.join(' ')).not.toContain(english);
      await page.close();
    });
  });

  it('starts in the language of the run, light and dark', async () => {
    const dark = await open('zh', 1280, 'dark');
    expect(await dark.page.innerText('h2 >> nth=0')).toBe('检查结果');
    const background = (await dark.page.evaluate('getComputedStyle(document.body).backgroundColor')) as string;
    const light = await open('zh', 1280, 'light');
    expect(await light.page.evaluate('getComputedStyle(document.body).backgroundColor')).not.toBe(background);
    await Promise.all([dark.page.close(), light.page.close()]);
  });

  it('shows the verdict, the hops, the bars and no secret', async () => {
    const { page } = await open('en', 1280);
    const text = await page.innerText('body');
    expect(text).toContain('go-mirror use aliyun');
    expect(text).toContain('only after 404 or 410');
    expect(text).toContain('38 s ± 3.8');
    expect(text).toContain('<script>alert(1)</script>');
    expect(text).toContain('https://dev:xxxxx@athens.corp.example.com');
    expect(await page.content()).not.toContain('hunter2');
    expect(await page.locator('.bar .track i.pull').count()).toBe(2);
    await page.close();
  });
});

/** The headings and controls of a page in the order in which Chromium hands them to a screen reader. */
async function spoken(page: Page): Promise<string[]> {
  interface Node {
    nodeId: string;
    ignored: boolean;
    role?: { value: string };
    name?: { value: string };
    properties?: { name: string; value: { value: unknown } }[];
    childIds?: string[];
  }
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as unknown as { nodes: Node[] };
  const byId = new Map(nodes.map(node => [node.nodeId, node]));
  const inOrder = (node: Node): Node[] => [node, ...(node.childIds ?? []).flatMap(id => inOrder(byId.get(id)!))];
  return inOrder(nodes[0]!)
    .filter(({ ignored, role }) => !ignored && ['heading', 'radiogroup', 'radio'].includes(role?.value ?? ''))
    .map(({ role, name, properties }) => {
      const checked = properties?.some(property => property.name === 'checked' && property.value.value === 'true');
      return `${role!.value} ${name!.value}${checked ? ' checked' : ''}`;
    });
}
