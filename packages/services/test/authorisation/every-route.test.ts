import { readdirSync, readFileSync } from 'node:fs'
import type { Need, Visitor } from '@sapan/identity'
import type { SiteRoute } from '@sapan/ui'
import { describe, expect, it } from 'vitest'
import { deskCaseRoutes } from '../../src/desk/routes.ts'
import { duties } from '../desk/boats.ts'

/** Routes only hold what they stand on until they are asked. */
const needs: Need = { duties: Object.values(duties) }
const routes: readonly SiteRoute<Visitor, Need>[] = deskCaseRoutes({ needs } as Parameters<
  typeof deskCaseRoutes
>[0])
const posts = routes.filter(({ method }) => method !== 'GET')

/** Addresses that the tests of this folder say they are about, by their files: `describe('… (POST /desk/…)')`. */
const tested = readdirSync(new URL('.', import.meta.url))
  .filter((name) => name.endsWith('.test.ts') && name !== 'every-route.test.ts')
  .map((name) => {
    const text = readFileSync(new URL(name, import.meta.url), 'utf8')
    return { name, addresses: [...text.matchAll(/\(POST (\/desk\/[^)\s]+)\)/g)].map(([, path]) => path) }
  })

/** What an address does: the last part that is no parameter. */
function actionOf(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && !part.startsWith(':'))
  return parts.at(-1) ?? ''
}

describe('what officers send (POST below /desk/cases)', () => {
  it('is there at all', () => {
    expect(posts.length).toBeGreaterThan(10)
  })

  it.each(posts.map(({ path }) => path))(
    '%s is tried by every role, in a file named after the action',
    (path) => {
      const files = tested.filter(({ addresses }) => addresses.includes(path)).map(({ name }) => name)
      expect(files, `a test of ${path} in test/authorisation`).toContain(`${actionOf(path)}.test.ts`)
      const text = files.map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join('\n')
      // Many at once are never missing as a page; who may not has nothing done.
      expect(text).toMatch(
        /expectNotThere\(|itIsForWhoHasTheCase\(|otherDuty.*otherAgency.*applicant.*helper/,
      )
    },
  )

  it('is said to be tested only where it is a route', () => {
    const paths = new Set(posts.map(({ path }) => path))
    for (const { name, addresses } of tested)
      for (const address of addresses) expect(paths, `${name} is about ${address}`).toContain(address)
  })

  it.each(routes.map(({ method, path, needs: has }) => [method, path, has] as const))(
    '%s %s lets nobody in without a duty of cases',
    (_method, _path, has) => {
      expect(has).toEqual(needs)
    },
  )
})
