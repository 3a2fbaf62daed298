import { describe, expect, it } from 'vitest'
import type { ServiceDefinition } from '../../src/definition/definition.ts'
import { createCatalogue } from '../../src/finding/catalogue.ts'
import type { LifeEvent, ListedService } from '../../src/finding/entry.ts'
import { sampleDefinition } from '../sample/definition.ts'

const text = (en: string) => ({ th: `ก ${en}`, en })
const event = (code: string): LifeEvent => ({
  code,
  name: text(code),
  about: text(code),
  audience: ['citizen'],
  says: { th: ['ก'], en: [code] },
})
const sample = sampleDefinition()
const named = (
  id: string,
  evidenceFor: ServiceDefinition['outputs'][number]['evidenceFor'] = [],
): ServiceDefinition => {
  const [output] = sample.outputs
  if (output === undefined) throw new Error('the sample has an output')
  return { ...sample, id, lifeEvents: ['school'], outputs: [{ ...output, evidenceFor }] }
}
const listed: ListedService = {
  id: 'elsewhere',
  name: text('Elsewhere'),
  summary: text('Elsewhere'),
  owner: text('Agency'),
  says: { th: ['ก'], en: ['a'] },
  audience: ['citizen'],
  lifeEvents: ['school'],
  channels: [],
}

function catalogueOf(definitions: readonly ServiceDefinition[], more: readonly ListedService[] = [listed]) {
  return createCatalogue({
    definitions: {
      current: () => definitions,
      find: (id) => definitions.find((one) => one.id === id),
      version: () => undefined,
    },
    listed: more,
    lifeEvents: [event('school'), event('birth')],
    memberName: () => text('Member'),
  })
}

describe('the catalogue', () => {
  it('has services that one applies for here and those of other agencies', () => {
    const catalogue = catalogueOf([named('one')])
    expect(catalogue.entries.map(({ id }) => id)).toEqual(['one', 'elsewhere'])
    expect(catalogue.find('one')?.definition?.id).toBe('one')
    expect(catalogue.find('elsewhere')?.listed).toBe(listed)
    expect(catalogue.find('constructor')).toBeUndefined()
  })

  it('says what follows: the output of one is the evidence for another', () => {
    const catalogue = catalogueOf([named('late'), named('early', [{ service: 'late' }])])
    expect(catalogue.around('early').next.map(({ entry }) => entry.id)).toEqual(['late'])
    expect(catalogue.around('late').before.map(({ entry }) => entry.id)).toEqual(['early'])
    expect(catalogue.around('late').next).toEqual([])
  })

  it('says of whom that evidence is asked, where not of everybody', () => {
    const when = text('If you claim a child')
    const catalogue = catalogueOf([named('late'), named('early', [{ service: 'late', when }])])
    expect(catalogue.around('late').before.map((step) => step.when)).toEqual([when])
    expect(catalogue.around('early').next.map((step) => step.when)).toEqual([when])
  })

  it('lists an event’s services in the order in which they need each other', () => {
    const catalogue = catalogueOf([
      named('c'),
      named('b', [{ service: 'c' }]),
      named('a', [{ service: 'b' }]),
    ])
    expect(catalogue.ofEvent('school').map(({ id }) => id)).toEqual(['a', 'b', 'c', 'elsewhere'])
  })

  it('does not put before a service what only some of its applicants need', () => {
    const when = text('If you claim a child')
    const catalogue = catalogueOf([named('late'), named('early', [{ service: 'late', when }])], [])
    expect(catalogue.ofEvent('school').map(({ id }) => id)).toEqual(['late', 'early'])
  })

  it('keeps services that need each other, in the order that they have', () => {
    const catalogue = catalogueOf([named('a', [{ service: 'b' }]), named('b', [{ service: 'a' }])], [])
    expect(catalogue.ofEvent('school').map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('refuses two services of one name, and an event that there is not', () => {
    expect(() => catalogueOf([named('elsewhere')])).toThrow('elsewhere')
    expect(() => catalogueOf([{ ...named('one'), lifeEvents: ['wedding'] }])).toThrow('wedding')
  })
})
