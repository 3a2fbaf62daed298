import { formatCheckpoint, generateSigner, signNote } from '@sapan/trust'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { logOrigin } from '../../src/evidence/origin.ts'
import { verifyExport } from '../../src/evidence/verify/verify-export.ts'
import type { WitnessClient, WitnessReply } from '../../src/evidence/witness-client.ts'
import { evidenceDatabase } from '../databases.ts'
import { dopa, TestCountry } from './country.ts'

let database: TestDatabase
let country: TestCountry
let evidence: Evidence | undefined

beforeEach(async () => {
  database = await evidenceDatabase()
  country = new TestCountry()
})
afterEach(async () => {
  await evidence?.stop()
  await database.drop()
})

/** A log with an honest witness and one that says what it is told to. */
async function withLiar(reply: () => WitnessReply, latest?: () => string | null): Promise<Evidence> {
  const honest: WitnessClient = { ...country.witnessClient, vkey: country.witness.vkey }
  const liar: WitnessClient = {
    name: 'liar.test/witness',
    vkey: country.witness.vkey.replace('center.test', 'liar.test'),
    submit: async () => reply(),
    ...(latest ? { latest: async () => latest() } : {}),
  }
  evidence = country.evidence(database.pool, [dopa], { witnesses: () => [liar, honest] })
  await country.join(evidence, [dopa])
  return evidence
}

async function record(on: Evidence): Promise<void> {
  const { request, answer } = country.exchange().provider
  await on.record([request, answer])
}

const noteOf = (
  size: number,
  root: Buffer,
  signer = country.member(dopa).logSigner,
  origin = logOrigin(dopa, 1),
) => signNote(formatCheckpoint({ origin, size, root }), { name: origin, signer })
const elsewhere = Buffer.alloc(32, 7)
const more: WitnessReply = { status: 'conflict', size: 1_000_000 }

describe('a witness that lies', () => {
  const lies: [what: string, reply: WitnessReply, latest?: () => string | null][] = [
    ['says that it knows more, and shows nothing', more],
    ['says that it knows more, and has nothing', more, () => null],
    ['says that the proof is wrong', { status: 'refused', code: 422 }],
    ['shows garbage', more, () => 'garbage'],
    ['shows what another key signed', more, () => noteOf(1_000_000, elsewhere, generateSigner('ed25519'))],
    [
      'shows another log’s',
      more,
      () => noteOf(1_000_000, elsewhere, country.member(dopa).logSigner, logOrigin('TH/GOV/RD', 1)),
    ],
    ['signs nothing that can be read', { status: 'cosigned', lines: ['\u2014 liar.test/witness AAAA'] }],
    ['refuses everything', { status: 'refused', code: 500 }],
  ]
  test.each(lies)('and %s does not stop the log', async (_, reply, latest) => {
    const log = await withLiar(() => reply, latest)
    await record(log)
    expect((await log.flush(dopa)).pending).toEqual([])
    await record(log)
    expect((await log.flush(dopa)).pending).toEqual([])
    const [status] = (await log.status()).logs
    expect(status?.recoverNeeded).toBeNull()
    expect(status?.size).toBe(4)
  })

  test('is told to the operator by its name', async () => {
    const log = await withLiar(() => more)
    await record(log)
    await log.flush(dopa)
    const told = JSON.stringify((await log.status()).logs[0])
    expect(told).toContain('liar.test/witness')
    expect(told).toContain('shows none that this one signed')
  })
})

const silent: WitnessClient = {
  name: 'silent.test/witness',
  vkey: '',
  submit: () => new Promise(() => {}),
}
const lying = (name: string): WitnessClient => ({ name, vkey: '', submit: async () => more })

/** A log that two of these witnesses must cosign. */
async function withTwoOf(witnesses: readonly WitnessClient[]): Promise<Evidence> {
  const settings = { callWithin: 500, flushWithin: 1_500 }
  evidence = country.evidence(database.pool, [dopa], {
    witnesses: () => witnesses,
    witnessesAtLeast: 2,
    settings,
  })
  await country.join(evidence, [dopa])
  return evidence
}

describe('of three witnesses, where two must cosign', () => {
  const center = () => ({ ...country.witnessClient, vkey: country.witness.vkey })

  test.each([
    ['silent', silent],
    ['lying', lying('liar.test/witness')],
  ])('one that is %s does not stop the log, and the file is proved by the other two', async (_, third) => {
    const log = await withTwoOf([third, center(), country.addWitness('rd.test/witness')])
    const { id, provider } = country.exchange()
    await log.record([provider.request, provider.answer])
    const { file, pending } = await log.export(id)
    expect(pending).toEqual([])
    const report = verifyExport(file, { roots: country.roots, witnesses: 2 })
    expect(report).toMatchObject({ valid: true, complete: true })
    expect(new Set(report.exchange?.witnesses)).toEqual(new Set(['center.test/witness', 'rd.test/witness']))
    expect(report.proves.map(({ en }) => en)).toContainEqual(expect.stringContaining('by 2 of 2 witnesses'))
    expect(verifyExport(file, { roots: country.roots, witnesses: 3 })).toMatchObject({
      valid: false,
      findings: expect.arrayContaining([
        expect.objectContaining({ check: 'enough-witnesses', passed: false }),
      ]),
    })
    const [status] = (await log.status()).logs
    expect(status).toMatchObject({ recoverNeeded: null, witnessesNeeded: 2 })
  })

  test('two that lie have nothing signed, and nothing called witnessed', async () => {
    const log = await withTwoOf([lying('a.test/witness'), center(), lying('b.test/witness')])
    await record(log)
    expect((await log.flush(dopa)).pending).toContain('witness')
    const [status] = (await log.status()).logs
    expect(status).toMatchObject({ recoverNeeded: null, checkpoint: { size: 0 } })
  })
})

describe('a country without a witness', () => {
  test('keeps no export waiting for what nobody gives', async () => {
    evidence = country.evidence(database.pool, [dopa], {
      witnesses: () => [],
      timestamping: () => null,
      settings: { flushWithin: 3_600_000 },
    })
    await country.join(evidence, [dopa])
    await record(evidence)
    expect((await evidence.flush(dopa)).pending).toEqual(['witness', 'stamp'])
  })
})

describe('a witness that shows', () => {
  test.each([
    ['more than the database has', 1_000_000],
    ['another tree', 1],
  ])('that this log signed %s stops it', async (_, size) => {
    const log = await withLiar(
      () => more,
      () => noteOf(size, elsewhere),
    )
    await record(log)
    await log.flush(dopa)
    await expect.poll(async () => (await log.status()).logs[0]?.recoverNeeded).not.toBeNull()
  })
})
