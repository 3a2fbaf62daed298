import { defineConfig } from 'vitest/config'

/** Faults in full: what `npm test` runs shortened. One file at a time, since each takes the whole machine. */
export default defineConfig({
  test: {
    include: ['**/test/**/*.faults.test.ts'],
    exclude: ['**/node_modules/**'],
    globalSetup: ['./vitest.global.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
})
