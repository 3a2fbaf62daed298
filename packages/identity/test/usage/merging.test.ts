import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Access } from '../../src/usage/access.ts'
import { mergeSources, provingMembers, type Source } from '../../src/usage/source.ts'

const idOf = (n: number) => `0199${String(n).padStart(4, '0')}-0000-7000-8000-000000000000`

function access(
  n: number,
  side: Access['side'],
  member = side === 'provider' ? 'TH/GOV/DOPA' : 'TH/GOV/RD',
): Access {
  return {
    withheld: false,
    exchange: idOf(n),
    at: '2026-11-21T05:00:00.000Z',
    member,
    side,
    client: 'TH/GOV/RD/main',
    service: 'TH/GOV/DOPA/main/person-v1',
    operation: 'getPerson',
    purpose: 'tax-assessment',
    law: 'ก / a',
    fields: side === 'provider' ? ['name'] : [],
    status: 200,
  }
}

/** Operators, each with what its gateways have, and how much they tell at once. */
function house(logs: readonly (readonly Access[])[], size: number) {
  const sorted = logs.map((log) =>
    [...log].sort((a, b) => b.exchange.localeCompare(a.exchange) || b.side.localeCompare(a.side)),
  )
  const sources: Source[] = sorted.map((_, n) => ({
    owner: String(n),
    scheme: 'national-id',
    gateways: [],
    waiting: [],
    next: undefined,
  }))
  const ask = async (source: Source): Promise<Source> => {
    const log = sorted[Number(source.owner)] ?? []
    const from = Number(source.next ?? 0)
    const next = from + size < log.length ? String(from + size) : null
    return { ...source, waiting: log.slice(from, from + size), next }
  }
  return { sources, ask }
}

const logs = fc.array(
  fc.uniqueArray(
    fc.record({ n: fc.nat(60), side: fc.constantFrom('consumer' as const, 'provider' as const) }),
    {
      selector: ({ n, side }) => `${n} ${side}`,
      maxLength: 40,
    },
  ),
  { minLength: 1, maxLength: 4 },
)

describe('the accesses that gateways tell', () => {
  it('are each shown once and the latest first, however they are told and in whatever pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        logs,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 9 }),
        async (all, size, limit) => {
          const { sources, ask } = house(
            all.map((log) => log.map(({ n, side }) => access(n, side))),
            size,
          )
          const shown: string[] = []
          let left: readonly Source[] = sources
          do {
            const merged = await mergeSources(left, limit, ask)
            expect(merged.silent).toEqual([])
            expect(merged.accesses.length).toBeLessThanOrEqual(limit)
            shown.push(...merged.accesses.map(({ exchange }) => exchange))
            left = merged.sources.filter(({ waiting, next }) => waiting.length > 0 || next !== null)
          } while (left.length > 0)
          const every = all.flatMap((log) => log.map(({ n }) => idOf(n)))
          expect(shown).toEqual([...new Set(every)].sort().reverse())
        },
      ),
      { numRuns: 200 },
    )
  })

  it('are told as the provider has them, and by whom', async () => {
    const { sources, ask } = house([[access(1, 'consumer')], [access(1, 'provider')]], 5)
    const { accesses } = await mergeSources(sources, 5, ask)
    expect(accesses).toMatchObject([
      {
        side: 'provider',
        fields: ['name'],
        toldBy: [
          { member: 'TH/GOV/RD', side: 'consumer' },
          { member: 'TH/GOV/DOPA', side: 'provider' },
        ],
      },
    ])
  })

  it('of an agency that asked itself have one proof', async () => {
    const { sources, ask } = house([[access(1, 'consumer', 'TH/GOV/DOPA'), access(1, 'provider')]], 5)
    const { accesses } = await mergeSources(sources, 5, ask)
    expect(accesses.map((each) => [each.toldBy.length, provingMembers(each)])).toEqual([[2, ['TH/GOV/DOPA']]])
  })

  it('don’t stop at a gateway that is silent, or that tells the same for ever', async () => {
    const { sources, ask } = house(
      [[access(1, 'provider')], [access(2, 'provider')], [access(3, 'consumer')]],
      5,
    )
    const asking = async (source: Source) => {
      if (source.owner === '0') return undefined
      if (source.owner === '1') return { ...source, waiting: [access(2, 'provider')], next: 'again' }
      return ask(source)
    }
    const { accesses, silent } = await mergeSources(sources, 10, asking)
    expect(accesses.map(({ exchange }) => exchange)).toEqual([idOf(3), idOf(2)])
    expect(silent).toEqual(['0', '1'])
  })
})
