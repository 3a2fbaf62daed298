import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alike } from '../../src/usage/alike.ts'
import type { MergedAccess } from '../../src/usage/source.ts'

const dayOf = (at: string) => at.slice(0, 10)

const accessAt = (at: string, more: Partial<MergedAccess> = {}): MergedAccess => ({
  withheld: false,
  exchange: randomUUID(),
  at,
  member: 'TH/GOV/DOPA',
  side: 'provider',
  client: 'TH/GOV/DGA/identity',
  service: 'TH/GOV/DOPA/population/person-v1',
  operation: 'getPerson',
  purpose: 'mandate-verification',
  law: 'Act, 1',
  fields: ['name'],
  status: 200,
  toldBy: [],
  ...more,
})

describe('accesses that say the same', () => {
  it('are one line for each day', () => {
    const times = ['2026-11-22T10:00:00.000Z', '2026-11-22T09:00:00.000Z', '2026-11-21T09:00:00.000Z']
    expect(
      alike(
        times.map((at) => accessAt(at)),
        dayOf,
      ).map((group) => group.map(({ at }) => at)),
    ).toEqual([times.slice(0, 2), times.slice(2)])
  })

  const differing: [string, Partial<MergedAccess>][] = [
    ['agency', { client: 'TH/GOV/RD/efiling' }],
    ['purpose', { purpose: 'audit' }],
    ['fields', { fields: ['name', 'address'] }],
    ['outcome', { status: 404 }],
    ['actor', { actor: { kind: 'person', proven: true } }],
    ['consent', { consent: { id: 'c' } }],
  ]
  it.each(differing)('are not those that differ in %s', (_, more) => {
    const at = '2026-11-22T10:00:00.000Z'
    expect(alike([accessAt(at), accessAt(at, more)], dayOf)).toHaveLength(2)
  })

  it('are not those that were unusual: each stands alone', () => {
    const at = '2026-11-22T10:00:00.000Z'
    const unusual = { unusual: ['hour'] }
    expect(alike([accessAt(at, unusual), accessAt(at, unusual)], dayOf)).toHaveLength(2)
  })

  it('lose none and double none, and keep the latest first', () => {
    const some = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.constantFrom('a', 'b')), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(some, (picked) => {
        const all = picked
          .toSorted(([a], [b]) => b - a)
          .map(([hour, purpose]) => accessAt(`2026-11-2${hour}T10:00:00.000Z`, { purpose }))
        const groups = alike(all, dayOf)
        expect(groups.flat().toSorted((a, b) => all.indexOf(a) - all.indexOf(b))).toEqual(all)
        const firsts = groups.map(([first]) => all.indexOf(first))
        expect(firsts).toEqual(firsts.toSorted((a, b) => a - b))
      }),
    )
  })
})
