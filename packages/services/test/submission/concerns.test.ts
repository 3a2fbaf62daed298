import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ServicesGround } from '../../src/ground.ts'
import { createConcerns, kindsOf } from '../../src/submission/concerns.ts'

const names = { company: { th: 'ทะเบียนบริษัท', en: 'companies' }, child: { th: 'ทะเบียนราษฎร', en: 'people' } }
const consent = [{ id: 'master', of: 'hash', days: 5 }]
const mandate = randomUUID()

/** Of an officer who acts for nobody of whom it is known. */
function concernsWith(silent: readonly (keyof typeof names)[], isUnderAge: boolean) {
  const rooms = {
    accounts: { identifiersOf: async () => [] },
    mandates: {
      interests: async () => ({
        held: [],
        silent: silent.map((source) => ({ source, name: names[source] })),
      }),
      mayBeUnderAge: async () => isUnderAge,
    },
  }
  return createConcerns({
    rooms: rooms as object as ServicesGround['rooms'],
    hashKey: Buffer.alloc(32, 1),
  })
}

describe('whether a case concerns an officer', () => {
  it.each([
    [
      'of a company',
      kindsOf({ kind: 'company', mandate }),
      { company: true, child: false, childOfAge: false },
    ],
    ['of a child', kindsOf({ kind: 'person', mandate }), { company: false, child: true, childOfAge: true }],
    ['of who applies', kindsOf({ kind: 'person' }), { company: false, child: true, childOfAge: false }],
    [
      'of who applies, to which another consents',
      kindsOf({ kind: 'person' }, consent),
      { company: false, child: true, childOfAge: true },
    ],
    ['of nobody knows whom', undefined, { company: true, child: true, childOfAge: true }],
  ])('%s is unknown only while a register that would know is silent', async (_, kinds, expected) => {
    const about = { applicant: randomUUID(), parties: ['x'], ...(kinds && { kinds }) }
    const isUnknown = async (source: 'company' | 'child', isUnderAge: boolean) => {
      const concern = await concernsWith([source], isUnderAge).isConcerned(randomUUID(), about)
      if (concern !== 'no') expect(concern).toEqual({ unknown: [names[source]] })
      return concern !== 'no'
    }
    expect(await concernsWith([], true).isConcerned(randomUUID(), about)).toBe('no')
    expect({
      company: await isUnknown('company', true),
      child: await isUnknown('child', true),
      childOfAge: await isUnknown('child', false),
    }).toEqual(expected)
  })

  it('is a yes for who handed it in, whatever is silent', async () => {
    const applicant = randomUUID()
    const { isConcerned } = concernsWith(['company', 'child'], true)
    expect(await isConcerned(applicant, { applicant, parties: [], kinds: ['company'] })).toBe('yes')
  })
})
