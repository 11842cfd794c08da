/**
 * The long comparison of our reading of Go's values with go's own: `npm run equivalence [SEED]`. Exits with 1 at the first
 * disagreement of any kind, after printing up to ten of each.
 */
import { compare } from '../../test/go/equivalence.ts';
import type { Question } from '../../test/go/judge.ts';

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
