/**
 * The long comparison with go: our reading of generated values with go's own functions, and the hosts that `route` names with those
 * that `go mod download -x` asks. `npm run equivalence [SEED]`; ends with 1 after a disagreement, up to ten of each are printed.
 */
import { compare } from '../../test/go/equivalence.ts';
import type { Question } from '../../test/go/judge.ts';
import { compareRoutes } from '../../test/go/route-comparison.ts';
import { cleanUp } from '../../test/lab/cleanup.ts';

const counts: [Question['Kind'], number][] = [
  ['goproxy', 10_000],
  ['gosumdb', 2_000],
  ['pattern', 10_000],
  ['path', 10_000],
  ['govcs', 2_000],
  ['version', 2_000],
];

const seed = Number(process.argv[2] ?? Date.now() % 1_000_000);
console.log(`seed ${seed}`);
for (const [kind, count] of counts) {
  const { asked, accepted, disagreements } = await compare(kind, count, seed);
  console.log(`${kind}: ${asked} asked, ${accepted} accepted by go, ${disagreements.length} disagreements`);
  for (const found of disagreements.slice(0, 10)) console.log(`  ${JSON.stringify(found)}`);
  if (disagreements.length > 0) process.exitCode = 1;
}

const { predicted, refused, wrong } = await compareRoutes(200, seed);
console.log(`route: ${predicted} predicted, ${refused} refused by go and by us, ${wrong.length} wrong`);
for (const found of wrong.slice(0, 10)) console.log(`  ${JSON.stringify(found)}`);
if (wrong.length > 0) process.exitCode = 1;
await cleanUp();
