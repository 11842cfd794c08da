import { cleanUp } from '../../test/lab/cleanup.ts';
import { emulatedNetwork } from '../../test/lab/link.ts';
import { moduleTree } from '../../test/lab/modules.ts';
import { command, sandbox } from '../../test/lab/sandbox.ts';
import { readOptions } from '../options.ts';
import { conclude } from '../result.ts';
import { quantile } from '../statistics.ts';

const usage = `npm run bench stages -- [--rounds 7] [--short]
Times of each stage by \`go-mirror probe\` beside those of \`curl -w\`, in turn, against emulated mirrors; medians.
--short: one mirror, three rounds.`;

const lines = [
  { rttMs: 10, megabitsPerSecond: 100, serverMs: 5 },
  { rttMs: 40, megabitsPerSecond: 100, serverMs: 20 },
  { rttMs: 120, megabitsPerSecond: 50, serverMs: 0 },
  { rttMs: 300, megabitsPerSecond: 10, serverMs: 100 },
];
const stages = ['tcp', 'tls', 'http'] as const;
const path = '/rsc.io/quote/@v/v1.5.2.info';
/** The aim: this near, whichever is more. */
const aim = { ms: 5, share: 0.03 };

type Times = Record<(typeof stages)[number], number>;

async function main(): Promise<void> {
  const options = readOptions(usage, { rounds: '7' });
  const mirrors = options.short ? lines.slice(1, 2) : lines;
  const rounds = options.short ? 3 : Number(options.rounds);
  try {
    const network = await emulatedNetwork(mirrors, { tree: await moduleTree() });
    const box = await sandbox();
    const ca = network.ca.writeTo(box.root);
    const byCurl = async (url: string): Promise<Times> => {
      const format = '%{time_namelookup} %{time_connect} %{time_appconnect} %{time_pretransfer} %{time_starttransfer}';
      const curl = ['-sS', '--cacert', ca, '-o', '/dev/null', '-w', format, url];
      const { stdout } = await box.exec(...network.inside('curl', curl));
      const [name = 0, tcp = 0, tls = 0, sent = 0, first = 0] = stdout
        .split(' ')
        .map(seconds => Number(seconds) * 1000);
      return { tcp: tcp - name, tls: tls - tcp, http: first - sent };
    };
    const byProbe = async (url: string): Promise<Times> => {
      const probe = network.inside(process.execPath, [command, 'probe', '--json', url]);
      const { stdout, stderr } = await box.exec(...probe, { env: { SSL_CERT_FILE: ca } });
      const report = JSON.parse(stdout || '{}') as { stages?: { stage: string; durationMs: number }[] };
      if (!report.stages) throw new Error(`No stages of ${url}:\n${stdout}${stderr}`);
      return Object.fromEntries(report.stages.map(({ stage, durationMs }) => [stage, durationMs])) as Times;
    };

    const differences: number[] = [];
    let beyond = 0;
    console.log('RTT ms  server ms  stage | curl ms  go-mirror ms  difference');
    for (const [index, mirror] of mirrors.entries()) {
      const url = network.urls[index]! + path;
      const curl: Times[] = [];
      const probe: Times[] = [];
      for (let round = 0; round < rounds; round++) {
        curl.push(await byCurl(url));
        probe.push(await byProbe(url));
      }
      for (const stage of stages) {
        const theirs = quantile(
          curl.map(times => times[stage]),
          0.5,
        );
        const ours = quantile(
          probe.map(times => times[stage]),
          0.5,
        );
        const near = Math.abs(ours - theirs) <= Math.max(aim.ms, aim.share * theirs);
        differences.push(Math.abs(ours - theirs));
        if (!near) beyond++;
        console.log(
          `${String(mirror.rttMs).padStart(6)}${String(mirror.serverMs).padStart(11)}  ${stage.padEnd(5)} |${theirs.toFixed(1).padStart(8)}${ours.toFixed(1).padStart(14)}${(ours - theirs).toFixed(1).padStart(12)}${near ? '' : '  !'}`,
        );
      }
    }
    await conclude('stages', {
      arguments: { rounds },
      figures: { beyond, largest: Math.max(...differences) },
      full: !options.short && rounds >= 7,
    });
  } finally {
    await cleanUp();
  }
}

await main();
