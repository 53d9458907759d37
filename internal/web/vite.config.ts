import { defineConfig } from 'vitest/config';

// The pages are built for the browsers that a council has: those of the last
// two years. They go below dist/, where the Go package embeds them.
export default defineConfig({
  base: '/',
  build: {
    outDir: 'dist/pages',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    // Names carry a hash of the bytes, so the service lets browsers keep them for good.
    rollupOptions: { output: { hashCharacters: 'hex' } },
  },
  css: { preprocessorOptions: { scss: { quietDeps: true, loadPaths: ['node_modules/govuk-frontend/dist'] } } },
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/tiles': 'http://127.0.0.1:8080' } },
  test: { include: ['src/**/*.test.ts'] },
});
