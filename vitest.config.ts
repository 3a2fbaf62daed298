import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['**/test/**/*.test.ts', 'packages/**/src/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.faults.test.ts', '**/fixtures/**'],
    globalSetup: ['./vitest.global.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // On a machine that others load, a test of leases and clocks may meet its own deadline; a second miss is a failure.
    retry: process.env.CI ? 1 : 0,
  },
})
