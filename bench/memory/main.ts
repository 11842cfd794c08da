import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { cleanUp } from '../../test/lab/cleanup.ts';
import { labMirror } from '../../test/lab/mirror.ts';
import { sandbox } from '../../test/lab/sandbox.ts';
import { type MadeProject, madeProject, writeProject } from '../../test/relay/made-project.ts';
import { readOptions } from '../options.ts';
import { conclude } from '../result.ts';

const usage = `npm run bench memory -- [--modules 1000] [--lines 50000] [--short]
The memory that go-mirror's own process takes at most: pulling a project of many modules, and one of ten modules whose go.sum has many lines.
--short: a hundred modules, a thousand lines.`;

/** The most memory, in bytes, that `pull` takes for a project. */
async function mostResident(project: MadeProject): Promise<number> {
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
  console.log(ended.stdout.trim());
  await Promise.all(mirrors.map(mirror => mirror.close()));
  return most * 1024;
}

/** What a project keeps that has seen many versions come and go. */
function withLeftovers(project: MadeProject, lines: number): MadeProject {
  const leftovers = Array.from({ length: Math.ceil(lines / 2) }, (_, index) => {
    const name = `left.test/group${index % 500}/module v1.${index}.0`;
    const hash = createHash('sha256').update(name).digest('base64');
    return `${name} h1:${hash}\n${name}/go.mod h1:${hash}\n`;
  });
  return { ...project, goSum: project.goSum + leftovers.join('') };
}

try {
  const options = readOptions(usage, { modules: '1000', lines: '50000' });
  const modules = options.short ? 100 : Number(options.modules);
  const lines = options.short ? 1000 : Number(options.lines);
  const figures = {
    resident: await mostResident(await madeProject(modules)),
    manyLines: await mostResident(withLeftovers(await madeProject(), lines)),
  };
  await conclude('memory', { arguments: { modules, lines }, figures, full: modules >= 1000 && lines >= 50_000 });
} finally {
  await cleanUp();
}
