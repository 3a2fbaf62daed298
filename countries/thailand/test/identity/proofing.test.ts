import { describe, expect, it } from 'vitest'
import { readLevels } from '../../src/identity/levels.ts'
import { readProofing } from '../../src/identity/proofing.ts'
import { loadCountry } from '../../src/index.ts'
import { dataFile } from '../../src/schema.ts'

const { identity, purposes } = loadCountry()
const levelsFile = dataFile('identity/levels.yaml')
const proofingFile = dataFile('identity/proofing.yaml')
const proofing = (text: string) => readProofing({ levels: identity.levels, purposes }, text)

describe('the levels of the country', () => {
  it('are those of the Thai recommendations, the lowest first, and say that they were not checked', () => {
    expect(identity.levels.ial.map(({ code }) => code)).toEqual([
      '1.1',
      '1.2',
      '1.3',
      '2.1',
      '2.2',
      '2.3',
      '3',
    ])
    expect(identity.levels.aal.map(({ code }) => code)).toEqual(['1', '2.1', '2.2', '3'])
    expect(identity.levels.standards.ial).toMatchObject({ checked: false })
  })

  it('are refused out of order, twice, or in one language', () => {
    expect(() => readLevels(levelsFile.replace('code: "2.3"', 'code: "1.9"'))).toThrow(
      /levels\/5: 1.9 does not/,
    )
    expect(() => readLevels(levelsFile.replace('code: "2.3"', 'code: "2.2"'))).toThrow(
      /2.2 does not follow 2.2/,
    )
    expect(() => readLevels(levelsFile.replace(', en: Self-asserted', ''))).toThrow(/ial\/levels\/0\/name/)
  })
})

describe('the ways of proofing', () => {
  it('give each a level that the country has', () => {
    expect(Object.fromEntries(identity.proofing.methods.map(({ code, ial }) => [code, ial]))).toEqual({
      'self-asserted': '1.1',
      'population-register': '1.3',
      passport: '1.3',
      'outside-provider': '2.3',
      'in-person': '3',
    })
  })

  it.each([
    ['ial: "2.3"', 'ial: "2.9"', /methods\/3\/ial: there is no level 2.9/],
    [
      'code: passport\n    ial',
      'code: in-person\n    ial',
      /in-person must be there once|passport must be there/,
    ],
    ['identity-proofing }', 'curiosity }', /registers\/population\/purpose: there is no purpose curiosity/],
    ['example: JT9-', 'example: J9-', /the example does not fit/],
    ['account: 5', 'account: 0', /attempts\/account/],
  ])('are refused with %s as %s', (from, to, message) => {
    expect(() => proofing(proofingFile.replace(from, to))).toThrow(message)
  })
})
