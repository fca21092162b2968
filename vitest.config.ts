// How the tests run: one throw-away PostgreSQL for the whole run (src/test/world/cluster.ts), at most two test files at a time.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/fixtures/**'],
    globalSetup: ['src/test/world/cluster.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A test that prints is a test that nobody reads: the summary stays legible.
    silent: 'passed-only',
  },
});
