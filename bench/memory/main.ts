import { readFile } from 'node:fs/promises';
import { cleanUp } from '../../test/lab/cleanup.ts';
import { labMirror } from '../../test/lab/mirror.ts';
import { sandbox } from '../../test/lab/sandbox.ts';
import { madeProject, writeProject } from '../../test/relay/made-project.ts';
import { readOptions } from '../options.ts';
import { conclude } from '../result.ts';

const usage = `npm run bench memory -- [--modules 1000] [--short]
The memory that go-mirror's own process takes at most, pulling a project of many modules. --short: a hundred of them.`;

try {
  const options = readOptions(usage, { modules: '1000' });
  const count = options.short ? 100 : Number(options.modules);
  const project = await madeProject(count);
  const megabytes = Object.values(project.files).reduce((sum, { length }) => sum + length, 0) / 1e6;
  const mirrors = await Promise.all([labMirror({ files: project.files }), labMirror({ files: project.files })]);
  const GOPROXY = mirrors.map(({ url }) => url).join(',');
  const box = await sandbox({ env: { GOPROXY, GOSUMDB: 'off', GOFLAGS: '-modcacherw' } });
  await writeProject(box.work, project);
  const running = box.start(['pull'], { timeoutMs: 600_000 });
  let most = 0;
  const timer = setInterval(async () => {
    const status = await readFile(`/proc/${running.pid}/status`, 'utf8').catch(() => '');
    most = Math.max(most, Number(status.match(/^VmHWM:\s+(\d+) kB/m)?.[1] ?? 0));
  }, 100);
  const ended = await running.ended;
  clearInterval(timer);
  if (ended.exitCode !== 0) throw new Error(ended.stdout + ended.stderr);
  console.log(`${ended.stdout.trim()}\n${megabytes.toFixed(1)} MB of modules`);
  await conclude('memory', {
    arguments: { modules: count },
    figures: { resident: most * 1024 },
    full: count === 1000,
  });
} finally {
  await cleanUp();
}
