import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildRelease, refuseIncompleteTexts } from '../build-release.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
let release: string

beforeAll(() => {
  release = join(mkdtempSync(join(tmpdir(), 'sapan-release-')), 'sapan')
  buildRelease(release)
})

afterAll(() => rmSync(join(release, '..'), { recursive: true, force: true }))

describe('a release', () => {
  it('has the sources, the country and the problem pages', () => {
    for (const file of [
      'apps/sapan/bin/sapan.mjs',
      'packages/exchange/src/index.ts',
      'countries/thailand/data/members.yaml',
      'docs/problems/README.md',
      'package-lock.json',
    ])
      expect(existsSync(join(release, file)), file).toBe(true)
  })

  it('has nothing of the demonstration: no made-up people, nobody to be played by one press', () => {
    expect(existsSync(join(root, 'apps/sapan/src/up/commands.ts'))).toBe(true)
    expect(existsSync(join(release, 'apps/sapan/src/up'))).toBe(false)
    expect(existsSync(join(release, 'sandbox'))).toBe(false)
    const named = globSync('{packages,apps,countries}/**/*.{ts,json}', { cwd: release }).filter((file) =>
      /@sapan\/sandbox|\/up\//.test(readFileSync(join(release, file), 'utf8')),
    )
    expect(named).toEqual([])
  })

  it('is not made where a text lacks a language', () => {
    expect(() => refuseIncompleteTexts(join(root, 'scripts/fixtures/texts'))).toThrow(/words\.ts:\d+: no /)
  })

  it('starts, and does not know sapan up', () => {
    symlinkSync(join(root, 'node_modules'), join(release, 'node_modules'))
    const sapan = (...words: string[]) =>
      execFileSync(process.execPath, ['--import', 'tsx', 'apps/sapan/bin/sapan.mjs', ...words], {
        cwd: release,
        encoding: 'utf8',
      })
    const help = sapan('--help', '--lang', 'en')
    expect(help).toMatch(/^ {2}gateway /m)
    expect(help).not.toMatch(/^ {2}up /m)
  })
})
