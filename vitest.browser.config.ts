import { defineConfig } from 'vitest/config'

/** Tests in a real browser, which lies in an npm package: `npm run test:browser`. */
export default defineConfig({
  test: {
    include: ['**/*.browser.test.ts'],
    exclude: ['**/node_modules/**'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 1,
  },
})
