import { formatCheckpoint, generateSigner, signNote } from '@sapan/trust'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { logOrigin } from '../../src/evidence/origin.ts'
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
