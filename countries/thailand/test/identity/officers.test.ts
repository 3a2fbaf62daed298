import { describe, expect, it } from 'vitest'
import { readPurposes } from '../../src/bases.ts'
import { readLevels } from '../../src/identity/levels.ts'
import { readOfficers } from '../../src/identity/officers.ts'
import { dataFile } from '../../src/schema.ts'

const references = { levels: readLevels(), purposes: readPurposes() }
const text = dataFile('identity/duties.yaml')
const refusal = (changed: string): string => {
  try {
    readOfficers(references, changed)
    return 'taken'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('duties and roles of officers', () => {
  it('have an administrator and a signer among them', () => {
    const { duties, administrator, signer } = readOfficers(references)
    expect(duties.map(({ code }) => code)).toEqual(expect.arrayContaining([administrator, signer]))
  })

  it('know the three ways of standing in, as acting or as substitute', () => {
    expect(readOfficers(references).roles.map((role) => [role.name.th, role.as])).toEqual([
      ['รักษาการในตำแหน่ง', 'acting'],
      ['รักษาราชการแทน', 'substitute'],
      ['ปฏิบัติราชการแทน', 'substitute'],
    ])
  })

  it('let nobody make themselves administrator, signer or data protection officer', () => {
    const own = readOfficers(references).duties.filter(({ toSelf }) => toSelf)
    expect(own.map(({ code }) => code)).toEqual(['case-officer', 'helper'])
  })

  it.each([
    ['a duty twice', (all: string) => all.replace('code: helper', 'code: registrar')],
    ['a giver that is no duty', (all: string) => all.replace('[administrator]', '[minister]')],
    ['a signer that is no duty', (all: string) => all.replace('signer: signer', 'signer: writer')],
    ['one heading for two columns', (all: string) => all.replace('นามสกุล,', 'ชื่อ,')],
    ['a level that the country does not have', (all: string) => all.replace('ial: "2.3"', 'ial: "9"')],
    ['a purpose that nobody knows', (all: string) => all.replace('officer-verification', 'curiosity')],
    ['a member that nobody knows', (all: string) => `${all}more: 1\n`],
  ])('are refused with %s', (_what, change) => {
    expect(refusal(change(text))).toMatch(/^country-data-invalid: identity\/duties\.yaml/)
  })
})
