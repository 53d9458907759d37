import { defineConfig } from 'vitest/config';

// scripts/pictures: pictures for the README and figures of speed. Not a test: what
// it measures depends on the machine.
export default defineConfig({
  test: {
    include: ['browser/pictures.ts', 'browser/measure.ts'],
    globalSetup: 'browser/service.ts',
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 60_000,
    reporters: ['verbose'],
  },
});
