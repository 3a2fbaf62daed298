import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What starts whole countries comes first: at the end one process would be left alone with it. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => moduleId.includes('/apps/sapan/test/')
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

/** Files that may share a process and what it has loaded: they replace no module, which others would meet replaced. */
const sharing = [
  'apps/sapan',
  'countries/thailand',
  'packages/casework',
  'packages/cel',
  'packages/connect',
  'packages/desk',
  'packages/documentbox',
  'packages/documents',
  'packages/exchange',
  'packages/identity',
  'packages/kernel',
  'packages/notices',
  'packages/operator',
  'packages/payments',
  'packages/portal',
  'packages/services',
  'packages/trust',
  'packages/ui',
  'sandbox',
].map((room) => `${room}/test/**/*.test.ts`)
/** These start countries, which take their time in processes of their own: nobody waits behind them. */
const starting = [
  'apps/sapan/test/{command-line,operator-processes,portal,up}.test.ts',
  'apps/sapan/test/{hostile,postgres}/*.test.ts',
]
const replacing = [
  'packages/documents/test/check/seed-values.test.ts',
  'packages/trust/test/path-cost.test.ts',
]
const others = ['**/node_modules/**', '**/*.faults.test.ts', '**/*.browser.test.ts', '**/fixtures/**']

export default defineConfig({
  test: {
    globalSetup: ['./vitest.global.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    sequence: { sequencer: LongestFirst },
    // Twice the cores of a small machine: most files wait for a database or a process half of the time.
    maxWorkers: 4,
    // On a machine that others load, a test of leases and clocks may meet its own deadline; a second miss is a failure.
    retry: process.env.CI ? 1 : 0,
    projects: [
      {
        extends: true,
        test: { name: 'alone', include: ['**/test/**/*.test.ts'], exclude: [...others, ...sharing] },
      },
      { extends: true, test: { name: 'starting', include: starting, exclude: others } },
      { extends: true, test: { name: 'replacing', include: replacing, exclude: others } },
      {
        extends: true,
        test: {
          name: 'together',
          include: sharing,
          exclude: [...others, ...replacing, ...starting],
          isolate: false,
        },
      },
    ],
  },
})
