import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const program = fileURLToPath(new URL('build-all.ts', import.meta.url))

/** The digests of all templates' documents, as a process of its own makes them. */
function digests(environment: Record<string, string>): unknown {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', program], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

it('the same data gives the same bytes in any process, time zone and language', () => {
  const here = digests({ TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' })
  expect(Object.keys(Object(here)).length).toBeGreaterThan(8)
  expect(digests({ TZ: 'Pacific/Kiritimati', LANG: 'th_TH.UTF-8', LC_ALL: 'th_TH.UTF-8' })).toEqual(here)
  expect(digests({ TZ: 'America/Los_Angeles', LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' })).toEqual(here)
}, 60_000)
