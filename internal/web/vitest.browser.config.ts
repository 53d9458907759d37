import { defineConfig } from 'vitest/config';

// Tests of the pages in a real browser, against the real program.
export default defineConfig({
  test: {
    include: ['browser/**/*.test.ts'],
    globalSetup: 'browser/service.ts',
    fileParallelism: false, // one browser, two cores
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry: 0,
  },
});
