import { compare } from '../../test/go/equivalence.ts';
import type { SettingKind } from '../../test/go/judge.ts';
import { compareRoutes } from '../../test/go/route-comparison.ts';
import { cleanUp } from '../../test/lab/cleanup.ts';
import { readOptions } from '../options.ts';
import { conclude } from '../result.ts';

const usage = `npm run bench equivalence -- [--seed N] [--short]
Our reading of generated values with go's own functions, and the hosts that \`route\` names with those that \`go mod download -x\` asks.
Up to ten disagreements of each kind are printed. --short: a hundredth of it.`;
const routes = 200;

const counts: [SettingKind, number][] = [
  ['goproxy', 10_000],
  ['gosumdb', 2_000],
  ['pattern', 10_000],
  ['path', 10_000],
  ['govcs', 2_000],
  ['version', 2_000],
];

const options = readOptions(usage, { seed: String(Date.now() % 1_000_000) });
const seed = Number(options.seed);
const scale = options.short ? 0.01 : 1;
console.log(`seed ${seed}`);
const totals = { asked: 0, disagreements: 0 };
try {
  for (const [kind, count] of counts) {
    const { asked, accepted, disagreements } = await compare(kind, count * scale, seed);
    console.log(`${kind}: ${asked} asked, ${accepted} accepted by go, ${disagreements.length} disagreements`);
    for (const found of disagreements.slice(0, 10)) console.log(`  ${JSON.stringify(found)}`);
    totals.asked += asked;
    totals.disagreements += disagreements.length;
  }
  const { predicted, refused, wrong } = await compareRoutes(routes * scale, seed);
  console.log(`route: ${predicted} predicted, ${refused} refused by go and by us, ${wrong.length} wrong`);
  for (const found of wrong.slice(0, 10)) console.log(`  ${JSON.stringify(found)}`);
  await conclude('equivalence', {
    arguments: { seed },
    figures: { ...totals, routes: predicted + refused, wrongRoutes: wrong.length },
    full: !options.short,
  });
} finally {
  await cleanUp();
}
