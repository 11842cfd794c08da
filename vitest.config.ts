import { defineConfig } from 'vitest/config';
import LongestFirst from './test/setup/longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/global.ts'],
    reporters: ['default', './test/setup/reporter.ts'],
    setupFiles: ['test/setup/after-file.ts'],
    testTimeout: 60_000,
    hookTimeout: 300_000,
    // Real servers, real `go` and deadlines share two cores: more workers would only make the tests wait for each other.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    env: { NODE_EXTRA_CA_CERTS: '' },
  },
});
