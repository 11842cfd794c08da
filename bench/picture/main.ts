import { resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { cleanUp } from '../../test/lab/cleanup.ts';
import { ensureDebianPackages } from '../../test/lab/debian.ts';
import { machineBehind } from './network.ts';
import { terminal } from './terminal.ts';

/**
 * Draws the pictures of the READMEs, `npm run bench picture`: what the doctor says in a project of 106 modules, at the end of lines
 * with real delays, when goproxy.cn accepts connections and then sends nothing, and nothing of the official servers is to be had.
 */
const silent = 3_600_000;
const mirrors = [
  { names: ['goproxy.cn'], rttMs: 9, megabitsPerSecond: 100, serverMs: silent },
  { names: ['mirrors.aliyun.com'], rttMs: 28, megabitsPerSecond: 60, serverMs: 35, basePath: '/goproxy', sumdb: false },
  { names: ['mirrors.tencent.com'], rttMs: 46, megabitsPerSecond: 40, serverMs: 60, basePath: '/go' },
  {
    names: ['repo.huaweicloud.com'],
    rttMs: 37,
    megabitsPerSecond: 25,
    serverMs: 120,
    basePath: '/repository/goproxy',
    sumdb: false,
  },
] as const;

const pictures = { en: 'doctor.png', zh: 'doctor.zh-CN.png' };

await ensureDebianPackages({
  chromium: 'chromium',
  '/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf': 'fonts-dejavu-core',
  '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc': 'fonts-wqy-microhei',
});
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const machine = await machineBehind(mirrors, 'GOPROXY=https://goproxy.cn,direct');
  for (const [language, file] of Object.entries(pictures)) {
    const text = await machine.doctor(['--lang', language], { FORCE_COLOR: '1', COLUMNS: '110' });
    const page = await browser.newPage({ viewport: { width: 1200, height: 400 }, deviceScaleFactor: 1.5 });
    await page.setContent(terminal(`$ go-mirror doctor\n${text}`));
    await page.locator('pre').screenshot({ path: resolve(import.meta.dirname, '../../docs/images', file) });
    console.log(`docs/images/${file}`);
  }
} finally {
  await browser.close();
  await cleanUp();
}
