/** The memory that go-mirror's own process takes at most, pulling a project of many modules: `npm run bench memory -- [MODULES]`. */
import { readFile } from 'node:fs/promises';
import { cleanUp } from '../../test/lab/cleanup.ts';
import { labMirror } from '../../test/lab/mirror.ts';
import { sandbox } from '../../test/lab/sandbox.ts';
import { madeProject, writeProject } from '../../test/relay/made-project.ts';

try {
  const count = Number(process.argv[2] ?? 1000);
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
  console.log(ended.stdout.trim() || ended.stderr);
  console.log(`${count} modules, ${megabytes.toFixed(1)} MB: at most ${(most / 1000).toFixed(0)} MB resident`);
  process.exitCode = ended.exitCode === 0 && most < 200_000 ? 0 : 1;
} finally {
  await cleanUp();
}
