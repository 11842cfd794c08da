import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take long, the longest first: begun at the end they would have the machine to themselves. */
const long = [
  ...['faults', 'pull', 'connections', 'proxies', 'secrets', 'doctor-cache', 'odd-values', 'test', 'doctor', 'build'],
  ...['changes', 'upheaval', 'doctor-traces', 'releases', 'hostile-places'],
];

/** Begins with the longest files, so that no worker is idle while the last one runs. Without it a first run goes by size. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = long.findIndex(name => moduleId.endsWith(`/e2e/${name}.test.ts`));
      return found < 0 ? long.length : found;
    };
    return [...(await super.sort(files))].sort((one, other) => place(one) - place(other));
  }
}
