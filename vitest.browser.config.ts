import { defineConfig } from 'vitest/config'

const others = ['**/node_modules/**']

/**
 * Tests in a real browser, which lies in an npm package: `npm run test:browser`. The journeys go through one whole country,
 * which is started for them alone: `npm run test:browser -- --project pages` does without.
 */
export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 1,
    projects: [
      {
        extends: true,
        test: {
          name: 'pages',
          include: ['packages/**/*.browser.test.ts'],
          exclude: others,
          globalSetup: ['./vitest.global.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['apps/sapan/test/journeys/*.browser.test.ts'],
          exclude: others,
          globalSetup: ['./apps/sapan/test/journeys/country.ts'],
        },
      },
    ],
  },
})
