import { type Combination, combinations } from './route-combinations.ts';
import { observe } from './route-lab.ts';
import { predict } from './route-prediction.ts';

export interface RouteComparison {
  /** Combinations with a route, and those whose settings both go and we refuse. */
  predicted: number;
  refused: number;
  wrong: object[];
}

/** At most so many go commands at a time. */
const parallel = 4;

/** Compares `go-mirror route` with the hosts that the real `go mod download -x` asks, under generated settings. */
export async function compareRoutes(count: number, seed: number): Promise<RouteComparison> {
  const comparison: RouteComparison = { predicted: 0, refused: 0, wrong: [] };
  const left = combinations(count, seed);
  const worker = async (): Promise<void> => {
    for (let next = left.pop(); next; next = left.pop()) await compareOne(next, comparison);
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return comparison;
}

async function compareOne(combination: Combination, comparison: RouteComparison): Promise<void> {
  const { result, asked, stderr } = await observe(combination);
  if ('route' in result) {
    comparison.predicted++;
    const { files, sums } = predict(result.route, combination);
    const expected = { files, sums };
    if (JSON.stringify(expected) !== JSON.stringify(asked))
      comparison.wrong.push({ combination, expected, asked, stderr });
    return;
  }
  comparison.refused++;
  const { message, withoutDatabase } = result.refused;
  // What go refuses it names in the same words; but a GOSUMDB only once it has a file to verify.
  const noticed = withoutDatabase === null || predict(withoutDatabase, combination).found;
  const words = message.split(': ').slice(1).join(': ');
  if (noticed && !stderr.includes(words)) comparison.wrong.push({ combination, expected: words, asked, stderr });
}
