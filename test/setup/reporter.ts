import { writeSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule, TestRunEndReason, TestSpecification } from 'vitest/node';

/** Milliseconds between two lines that say how far the run is. */
const everyMs = 15_000;

/**
 * Says how far a run of the tests is, and as its very last line how it ended: `N passed, N failed, N skipped`. What failed outside
 * of a test (a file that can't be loaded, a hook, an error that nobody caught) counts as a failure.
 */
export default class Progress implements Reporter {
  #files = 0;
  #ended = 0;
  #started = 0;
  #told = 0;

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.#files = specifications.length;
  }

  onTestModuleQueued(): void {
    this.#started ||= performance.now(); // The set-up comes before.
  }

  onTestModuleEnd(): void {
    this.#ended++;
    const now = performance.now();
    if (now - this.#told < everyMs && this.#ended < this.#files) return;
    this.#told = now;
    const seconds = Math.round((now - this.#started) / 1000);
    process.stderr.write(`tests: ${this.#ended} of ${this.#files} files, ${seconds} s\n`);
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[], reason: TestRunEndReason): void {
    const tests = modules.flatMap(module => [...module.children.allTests()]);
    const count = (state: string): number => tests.filter(test => test.result().state === state).length;
    const around = modules.flatMap(module => [
      ...module.errors(),
      ...[...module.children.allSuites()].flatMap(suite => suite.errors()),
    ]);
    const failed = count('failed') + around.length + errors.length;
    const skipped = count('skipped') + count('pending');
    const line = `${count('passed')} passed, ${failed || Number(reason !== 'passed')} failed${skipped ? `, ${skipped} skipped` : ''}`;
    process.once('exit', () => writeSync(1, `${line}\n`));
  }
}
