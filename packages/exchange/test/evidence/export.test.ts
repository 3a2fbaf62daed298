import { fingerprint } from '@sapan/trust'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { readContainer, writeContainer } from '../../src/evidence/export/container.ts'
import { verifyExport } from '../../src/evidence/verify/verify-export.ts'
import { evidenceDatabase } from '../databases.ts'
import { refusesAltered, somePlaces } from './altered-export.ts'
import { dopa, rd, TestCountry, type TestExchange } from './country.ts'

let database: TestDatabase
const country = new TestCountry()
let evidence: Evidence

beforeAll(async () => {
  database = await evidenceDatabase()
  evidence = country.evidence(database.pool, [dopa, rd])
  await country.join(evidence, [dopa, rd])
})

afterAll(async () => {
  await evidence.stop()
  await database.drop()
})

async function recorded(exchange: TestExchange): Promise<TestExchange> {
  const { consumer, provider } = exchange
  await evidence.record([consumer.request, consumer.answer])
  await evidence.record([provider.request, provider.answer])
  return exchange
}

function failed(file: Uint8Array): string[] {
  return verifyExport(file, country)
    .findings.filter(({ passed }) => !passed)
    .map(({ check }) => check)
}

describe('an exported exchange', () => {
  test.each(['consumer', 'provider'] as const)(
    'proves itself to anyone with the root, from the %s’s side',
    async (side) => {
      const exchange = await recorded(country.exchange())
      const { file, pending } = await evidence.export(exchange.id, { side })
      expect(pending).toEqual([])
      const report = verifyExport(file, country)
      expect(report.findings.filter(({ passed }) => !passed)).toEqual([])
      expect(report).toMatchObject({ valid: true, complete: true })
      expect(report.findings.map(({ check }) => check)).toEqual(
        expect.arrayContaining([
          'container',
          'manifest',
          'directory',
          'export-signature',
          'request-signature',
          'answer-signature',
          'answer-body',
          'answer-binding',
          'grant',
          'request-in-log',
          'answer-in-log',
          'checkpoint',
          'witness',
          'time-stamp',
        ]),
      )
      expect(report.exchange?.witnesses).toEqual(['center.test/witness'])
      expect(report.proves.map(({ en }) => en).join(' ')).toMatch(/Revenue Code/)
      expect(report.doesNotProve.map(({ en }) => en).join(' ')).toMatch(/That the data is true/)
    },
  )

  test('says which root it does not lead to', async () => {
    const exchange = await recorded(country.exchange())
    const { file } = await evidence.export(exchange.id, { side: 'consumer' })
    const report = verifyExport(file, { roots: ['0'.repeat(64)] })
    expect(report.valid).toBe(false)
    expect(report.proves).toEqual([])
    expect(report.findings.find(({ passed }) => !passed)?.check).toBe('directory')
  })

  test('that failed is exported too, with what there is', async () => {
    const exchange = country.exchange()
    await evidence.record([exchange.consumer.request])
    const asked = verifyExport((await evidence.export(exchange.id)).file, country)
    expect(asked.valid).toBe(true)
    expect(asked.doesNotProve.map(({ en }) => en).join(' ')).toMatch(/there was an answer/)
    await evidence.reconcile(async () => undefined)
    await evidence.record([
      {
        ...exchange.consumer.answer,
        kind: 'failure',
        status: 504,
        problem: 'gateway-timeout',
        head: null,
        body: null,
        fields: [],
        certificate: '',
      },
    ])
    const report = verifyExport((await evidence.export(exchange.id)).file, country)
    expect(report.findings.filter(({ passed }) => !passed)).toEqual([])
  })

  test('that was refused by the provider is no misuse of a grant', async () => {
    const { id, provider } = country.exchange({ problem: 'operation-not-granted' })
    await evidence.record([
      { ...provider.request, operation: 'listPersons', purpose: 'tax-assessment' },
      { ...provider.answer, operation: 'listPersons', fields: [] },
    ])
    const report = verifyExport((await evidence.export(id)).file, country)
    expect(report.findings.filter(({ passed }) => !passed)).toEqual([])
    expect(report.proves.map(({ en }) => en).join(' ')).not.toMatch(/had allowed it/)
  })

  test('does not hold where a certificate had been revoked before the time-stamp', async () => {
    const exchange = await recorded(country.exchange({ at: country.clock() - 3_000 }))
    country.revoked = [
      {
        fingerprint: fingerprint(country.member(rd).certificate),
        at: new Date(country.clock() - 1_000).toISOString(),
        reason: 'key-compromise',
      },
    ]
    country.directoryVersion++
    await evidence.keepDirectory(country.directoryVersion, country.directoryJws())
    const report = verifyExport((await evidence.export(exchange.id, { side: 'provider' })).file, country)
    country.revoked = []
    country.directoryVersion++
    await evidence.keepDirectory(country.directoryVersion, country.directoryJws())
    expect(report.valid).toBe(false)
    expect(report.findings.find(({ passed }) => !passed)?.text.en).toMatch(
      /certificate of TH\/GOV\/RD was revoked/,
    )
  })

  test('whose bodies are kept as digests says that they are not shown', async () => {
    const exchange = await recorded(country.exchange({ body: false }))
    const report = verifyExport((await evidence.export(exchange.id, { side: 'provider' })).file, country)
    expect(report.valid).toBe(true)
    expect(report.doesNotProve.map(({ en }) => en).join(' ')).toMatch(/only the digest is kept/)
  })

  test('lists what is pending when witness and authority are down, inside the file and out', async () => {
    const hurried = country.evidence(database.pool, [dopa, rd], { settings: { flushWithin: 1_000 } })
    await recorded(country.exchange())
    await expect.poll(async () => (await hurried.flush(dopa)).pending, { timeout: 15_000 }).toEqual([])
    country.witnessDown = true
    country.stampsDown = true
    const exchange = await recorded(country.exchange())
    const { file, pending } = await hurried.export(exchange.id, { side: 'provider' })
    await hurried.stop()
    country.witnessDown = false
    country.stampsDown = false
    expect(pending).toEqual(['witness', 'stamp'])
    expect(Buffer.from(file).includes('"pending": [\n    "witness",\n    "stamp"\n  ]')).toBe(true)
    const report = verifyExport(file, country)
    expect(report).toMatchObject({ valid: true, complete: false })
    expect(report.doesNotProve.map(({ en }) => en).join(' ')).toMatch(/no time-stamp yet/)
  })

  test('after an erasure proves that it took place, and no longer what was said', async () => {
    const exchange = await recorded(country.exchange())
    const before = (await evidence.export(exchange.id, { side: 'provider' })).file
    await evidence.erase({ exchange: exchange.id, side: 'provider', law: 'PDPA s. 33' })
    const { file } = await evidence.export(exchange.id, { side: 'provider' })
    const report = verifyExport(file, country)
    expect(report.findings.filter(({ passed }) => !passed)).toEqual([])
    expect(report.doesNotProve.map(({ en }) => en).join(' ')).toMatch(/PDPA s. 33/)
    expect(Buffer.from(file).includes('สมชาย')).toBe(false)
    expect(verifyExport(before, country).valid).toBe(true)
    await expect(
      evidence.erase({ exchange: exchange.id, side: 'provider', law: 'PDPA s. 33' }),
    ).rejects.toMatchObject({ code: 'evidence-erased' })
  })

  test('with any byte flipped is refused, and the file inside that was changed is named', async () => {
    const exchange = await recorded(country.exchange())
    const { file } = await evidence.export(exchange.id, { side: 'consumer' })
    const places = readContainer(file).map(({ name, data }) => ({
      name,
      start: data.byteOffset,
      end: data.byteOffset + data.length,
    }))
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const flipped = Buffer.from(file)
        flipped[at] = (flipped[at] ?? 0) ^ change
        const report = verifyExport(flipped, country)
        const finding = report.findings.find(({ passed }) => !passed)
        expect(report.valid).toBe(false)
        const place = places.find(
          ({ start, end }) => at + file.byteOffset >= start && at + file.byteOffset < end,
        )
        if (place) expect(finding?.file).toBe(place.name)
        expect(finding?.text.en).not.toBe('')
      }),
      { numRuns: 500 },
    )
  })

  test('with any byte of a file inside changed is refused, though the container is made anew around it', async () => {
    const exchange = await recorded(country.exchange())
    const { file } = await evidence.export(exchange.id, { side: 'consumer' })
    refusesAltered(file, country, somePlaces)
  })

  test('with a file added, left out or doubled is refused', async () => {
    const exchange = await recorded(country.exchange())
    const files = readContainer((await evidence.export(exchange.id, { side: 'consumer' })).file)
    for (const { name } of files) {
      const without = writeContainer(files.filter((file) => file.name !== name))
      // Without the member's own signature the rest still holds, and the report says so.
      const expected = name === 'META-INF/signature.p7s' ? { valid: true, complete: false } : { valid: false }
      expect(verifyExport(without, country)).toMatchObject(expected)
    }
    const added = writeContainer([...files, { name: 'extra.txt', data: Buffer.from('x') }])
    const doubled = writeContainer([...files, ...files.slice(-1)])
    expect(verifyExport(added, country).valid).toBe(false)
    expect(verifyExport(doubled, country).valid).toBe(false)
    expect(verifyExport(Buffer.alloc(0), country).valid).toBe(false)
    expect(verifyExport(Buffer.from('PK'), country).valid).toBe(false)
  })
})

describe('a dishonest member', () => {
  /** Records something and exports it: the file itself is properly signed. */
  async function exportOf(change: (exchange: TestExchange) => TestExchange): Promise<string[]> {
    const exchange = change(country.exchange())
    await evidence.record([exchange.provider.request, exchange.provider.answer])
    return failed((await evidence.export(exchange.id)).file)
  }

  test('cannot put words into the other’s mouth', async () => {
    const other = country.exchange()
    expect(
      await exportOf((exchange) => ({
        ...exchange,
        provider: {
          ...exchange.provider,
          request: { ...exchange.provider.request, head: other.provider.request.head },
        },
      })),
    ).toEqual(expect.arrayContaining(['request-record', 'answer-binding']))
  })

  test('cannot change the body of an answer', async () => {
    expect(
      await exportOf((exchange) => {
        const body = Buffer.from('{"name":"other"}')
        return {
          ...exchange,
          provider: { ...exchange.provider, answer: { ...exchange.provider.answer, body } },
        }
      }),
    ).toContain('answer-body')
  })

  test('cannot claim another purpose, or fields that were not granted', async () => {
    expect(
      await exportOf(({ provider: { request, answer }, ...rest }) => ({
        ...rest,
        provider: {
          request: { ...request, purpose: 'curiosity' },
          answer: { ...answer, purpose: 'curiosity' },
        },
      })),
    ).toEqual(expect.arrayContaining(['request-record', 'grant']))
    expect(
      await exportOf(({ provider: { request, answer }, ...rest }) => ({
        ...rest,
        provider: { request, answer: { ...answer, fields: ['religion'] } },
      })),
    ).toEqual(['grant'])
  })

  test('cannot speak with another’s certificate', async () => {
    const liar = country.evidence(database.pool, [dopa], {
      exportSigner: () => {
        const { signer, certificate } = country.member(rd)
        return { signer, certificate, chain: country.chain }
      },
    })
    const exchange = country.exchange()
    await evidence.record([exchange.provider.request])
    await evidence.flush(dopa)
    expect(failed((await liar.export(exchange.id)).file)).toEqual(['export-signature'])
  })
})
