import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkServiceNames } from '../service-names/check.ts'

describe('services named by code', () => {
  it('are found in strings, not in comments and longer words', () => {
    const root = fileURLToPath(new URL('../fixtures/service-names/', import.meta.url))
    const { services, faults } = checkServiceNames(root)
    expect(services).toEqual(['boat-licence'])
    expect(faults).toEqual([
      { place: 'packages/broken/src/special.ts:2', service: 'boat-licence' },
      { place: 'packages/broken/src/special.ts:4', service: 'boat-licence' },
    ])
  })
})
