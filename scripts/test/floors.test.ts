import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkFloors, type Floors } from '../floors/check.ts'
import { readHouse } from '../floors/house.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const floors = JSON.parse(readFileSync(path('../floors.json'), 'utf8')) as Floors
const fixtures = path('../fixtures/floors')

/** `rule place` of what is found in a fixture. */
function found(fixture: string): string[] {
  return checkFloors(`${fixtures}/${fixture}`, floors).violations.map(({ rule, place }) => `${rule} ${place}`)
}

/** Each names the exchange from the kernel, in one form of import. */
const FORMS: readonly (readonly [fixture: string, place: string])[] = [
  ['import', 'index.ts:1'],
  ['import-for-effect', 'index.mjs:1'],
  ['import-type', 'index.ts:1'],
  ['inline-type', 'index.ts:1'],
  ['import-equals', 'index.ts:1'],
  ['import-in-type', 'index.ts:1'],
  ['type-of-import', 'index.ts:1'],
  ['re-export', 'index.ts:1'],
  ['re-export-all', 'index.tsx:1'],
  ['dynamic-import', 'index.ts:2'],
  ['dynamic-template', 'index.ts:1'],
  ['require', 'index.mjs:3'],
  ['require-renamed', 'index.mjs:3'],
  ['require-maker-renamed', 'index.mjs:3'],
  ['require-at-once', 'index.mjs:2'],
  ['require-resolve', 'index.mjs:3'],
  ['meta-resolve', 'index.mjs:1'],
  ['meta-resolve-quoted', 'index.mjs:1'],
  ['declare-module', 'index.ts:1'],
  ['reference', 'index.ts:1'],
]

/** Each breaks one other rule. */
const RULES: readonly (readonly [fixture: string, violation: string])[] = [
  ['computed', 'unreadable packages/kernel/src/index.ts:2'],
  ['unparsed', 'unparsed packages/kernel/src/index.ts'],
  ['deep-import', 'deep-import packages/exchange/src/index.ts:1'],
  ['relative-across', 'relative-across packages/exchange/src/index.ts:1'],
  ['test-support-in-source', 'relative-across packages/exchange/src/index.ts:1'],
  ['undeclared', 'undeclared packages/exchange/src/index.ts:1'],
  ['undeclared-ours', 'undeclared packages/exchange/src/index.ts:1'],
  ['tool-in-source', 'undeclared packages/exchange/src/index.ts:1'],
  ['declared-floor', 'declared-floor packages/kernel/package.json'],
  ['same-floor', 'floor packages/trust/src/index.ts:1'],
  ['sandbox', 'floor sandbox/src/index.ts:1'],
  ['stand-in-in-source', 'floor packages/identity/src/index.ts:1'],
  ['stand-in-in-source', 'declared-floor packages/identity/package.json'],
  ['stand-in-of-another', 'floor packages/notices/test/letter.test.ts:1'],
  ['no-floor', 'no-floor packages/attic/package.json'],
  ['not-for-browsers', 'not-for-browsers packages/documents/src/read.ts:2'],
]

describe('the check of the floors', () => {
  it('finds nothing in a sound house, and has read it', () => {
    expect(checkFloors(`${fixtures}/sound`, floors)).toEqual({ files: 9, imports: 9, violations: [] })
  })

  it.each(FORMS)('sees the form %s', (fixture, place) => {
    expect(found(fixture)).toContain(`floor packages/kernel/src/${place}`)
  })

  it.each(RULES)('holds the rule of %s', (fixture, violation) => {
    expect(found(fixture)).toContain(violation)
  })

  it('sees what a browser would load of another package, and passes over what names types only', () => {
    expect(found('not-for-browsers')).toEqual([
      'not-for-browsers packages/documents/src/read.ts:2',
      'not-for-browsers packages/documents/src/read.ts:3',
    ])
  })

  it('has a test for every fixture', () => {
    const tested = new Set([...FORMS, ...RULES].map(([fixture]) => fixture))
    expect(readdirSync(fixtures).sort()).toEqual([...tested, 'sound', 'empty'].sort())
  })

  it.each(['empty', 'nowhere'])('does not pass where it read nothing: %s', (fixture) => {
    expect(checkFloors(`${fixtures}/${fixture}`, floors).violations.map(({ rule }) => rule)).toEqual([
      'nothing-read',
    ])
  })

  it('ends with 1 and names the place, or with 0', () => {
    const run = (fixture: string) =>
      spawnSync(process.execPath, ['--import', 'tsx', path('../floors.ts'), `${fixtures}/${fixture}`], {
        encoding: 'utf8',
      })
    const bad = run('import-type')
    expect(bad.status).toBe(1)
    expect(bad.stderr).toContain(
      'packages/kernel/src/index.ts:1: floor: @sapan/kernel may not import @sapan/exchange',
    )
    expect(run('sound').status).toBe(0)
    expect(run('empty').status).toBe(1)
  })

  it.skipIf(!existsSync(path('../../.git')))('knows as many files of this house as git keeps', () => {
    const kept = execFileSync(
      'git',
      ['ls-files', 'packages', 'apps', 'countries', 'sandbox', 'bench', 'conformance'],
      {
        cwd: path('../..'),
        encoding: 'utf8',
      },
    )
    const sources = kept.split('\n').filter((name) => /\.[cm]?[jt]sx?$/.test(name))
    // What the check reads is what the house lists; reading all of it is `npm run check`'s.
    const files = readHouse(path('../..')).rooms.flatMap((room) => room.files)
    expect(files.length).toBeGreaterThanOrEqual(sources.length * 0.9)
  })
})
