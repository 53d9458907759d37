import { defineConfig } from 'vitest/config';

/**
 * How long a test waits for what it knows must come, in milliseconds. It decides
 * when a test that hangs is given up, never whether one passes: a machine with ten
 * times the load passes too. The same limit holds for what a page is asked (page.ts).
 */
export const patience = 120_000;

// Tests of the pages in a real browser, against the real program.
export default defineConfig({
  test: {
    include: ['browser/**/*.test.ts'],
    globalSetup: 'browser/service.ts',
    fileParallelism: false, // one browser, two cores
    // All files ask one service, so none may live by what another left there: --sequence.seed=N repeats an order.
    // CI has always the same, so that what fails there is the change's doing.
    sequence: { shuffle: true, ...(process.env['CI'] && { seed: 1 }) },
    testTimeout: 3 * patience,
    hookTimeout: patience,
    expect: { poll: { timeout: patience } },
    retry: 0,
  },
});
