import { fingerprint, signDetached } from '@sapan/trust'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { type ContainerFile, readContainer, writeContainer } from '../../src/evidence/export/container.ts'
import { manifestName, signatureName, writeManifest } from '../../src/evidence/export/manifest.ts'
import { type ExportedRecord, type ExportIndex, writeJson } from '../../src/evidence/export/pieces.ts'
import type { EvidenceRecord } from '../../src/evidence/record.ts'
import { verifyExport } from '../../src/evidence/verify/verify-export.ts'
import { contentDigestOfBody } from '../../src/signature/digest.ts'
import type { SignedMessage } from '../../src/signature/message.ts'
import { signAnswer, signRequest } from '../../src/signature/sign.ts'
import { evidenceDatabase } from '../databases.ts'
import { dopa, rd, sha256, TestCountry, type TestExchange } from './country.ts'

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

type Side = 'consumer' | 'provider'

/** What a member exports after it recorded something else than what happened. */
async function recordedAs(
  side: Side,
  change: (records: TestExchange[Side]) => Partial<Record<'request' | 'answer', Partial<EvidenceRecord>>>,
  exchange = country.exchange(),
): Promise<Buffer> {
  const { request, answer } = exchange[side]
  const changes = change(exchange[side])
  await evidence.record([
    { ...request, ...changes.request },
    { ...answer, ...changes.answer },
  ])
  return Buffer.from((await evidence.export(exchange.id, { side })).file)
}

/** The file with other content, listed and signed anew by its member. */
function remade(
  file: Uint8Array,
  member: string,
  change: (files: Map<string, Buffer>) => void,
  at = country.clock(),
): Buffer {
  const files = new Map(readContainer(file).map(({ name, data }) => [name, data]))
  change(files)
  const content: ContainerFile[] = [...files]
    .filter(([name]) => !name.startsWith('META-INF/'))
    .map(([name, data]) => ({ name, data }))
  const manifest = Buffer.from(writeManifest(content))
  const { signer, certificate } = country.member(member)
  const signature = signDetached(manifest, { signer, certificate, chain: country.chain, signingTime: at })
  return writeContainer([
    { name: manifestName, data: manifest },
    { name: signatureName, data: signature },
    ...content,
  ])
}

function edit<T extends object>(files: Map<string, Buffer>, name: string, change: (value: T) => T): void {
  files.set(name, writeJson(change(JSON.parse(String(files.get(name))) as T)))
}

const editIndex = (files: Map<string, Buffer>, changes: Partial<ExportIndex>) =>
  edit<ExportIndex>(files, 'exchange.json', (index) => ({ ...index, ...changes }))

function checksThatFail(file: Uint8Array): string[] {
  const { valid, findings } = verifyExport(file, country)
  const failed = findings.filter(({ passed }) => !passed).map(({ check }) => check)
  expect(valid).toBe(failed.length === 0)
  return failed
}

/** The request signed again by its member, with other words. */
function signedAgain(
  { head }: EvidenceRecord,
  by: string,
  change: (message: SignedMessage) => Partial<SignedMessage>,
  created = Math.floor(country.clock() / 1000),
): { head: SignedMessage; certificate: string } {
  if (!head) throw new Error('not signed')
  const { signer, certificate } = country.member(by)
  const { method, authority, path, query, fields } = { ...head, ...change(head) }
  const timing = {
    created,
    expires: created + 60,
    nonce: 'n'.repeat(22),
    keyId: fingerprint(certificate),
    signer,
  }
  return {
    head: signRequest({ method, authority, path, query, fields }, timing),
    certificate: timing.keyId,
  }
}

function answeredAgain(
  { head, body }: EvidenceRecord,
  request: SignedMessage,
  newBody: Buffer | null = body,
): Partial<EvidenceRecord> {
  if (!head || !newBody) throw new Error('not signed')
  const { signer, certificate } = country.member(dopa)
  const created = Math.floor(country.clock() / 1000)
  const timing = {
    created,
    expires: created + 60,
    nonce: 'm'.repeat(22),
    keyId: fingerprint(certificate),
    signer,
  }
  const fields = head.fields.map(([name, value]): [string, string] => [
    name,
    name === 'content-digest' ? contentDigestOfBody(newBody) : value,
  ])
  return {
    head: signAnswer({ status: head.status ?? 200, fields }, request, timing),
    body: newBody,
    bodyDigest: sha256(newBody),
    bodyBytes: newBody.length,
  }
}

const withField = (fields: SignedMessage['fields'], name: string, value: string | null) =>
  fields.flatMap((field): SignedMessage['fields'] =>
    field[0] === name ? (value === null ? [] : [[name, value]]) : [field],
  )

describe('a file that its own member forged', () => {
  test('cannot tell another time than the message', async () => {
    const month = 30 * 86_400_000
    const file = await recordedAs('provider', ({ request, answer }) => ({
      request: { at: request.at - month },
      answer: { at: answer.at - month },
    }))
    expect(checksThatFail(file)).toContain('request-record')
  })

  test('cannot hide what it does not list', async () => {
    const whole = await recordedAs('provider', () => ({}))
    const file = remade(whole, dopa, (files) => {
      editIndex(files, { records: ['request'] })
      files.set('answer.body', Buffer.from('{"name":"forged"}'))
    })
    expect(checksThatFail(file)).toContain('container')
  })

  test('cannot show a body of what was erased', async () => {
    const exchange = country.exchange()
    await evidence.record([exchange.provider.request, exchange.provider.answer])
    await evidence.erase({ exchange: exchange.id, side: 'provider', law: 'PDPA s. 33' })
    const whole = (await evidence.export(exchange.id, { side: 'provider' })).file
    const file = remade(whole, dopa, (files) => files.set('answer.body', Buffer.from('{"name":"forged"}')))
    expect(checksThatFail(file)).toContain('container')
  })

  test('cannot be of nothing, and cannot list a record twice', async () => {
    const whole = await recordedAs('provider', () => ({}))
    const none = remade(whole, dopa, (files) => {
      editIndex(files, { records: [] })
      for (const name of [...files.keys()]) if (/^(request|answer|log)/.test(name)) files.delete(name)
    })
    expect(checksThatFail(none)).not.toEqual([])
    const twice = remade(whole, dopa, (files) =>
      editIndex(files, { records: ['request', 'request', 'answer'] }),
    )
    expect(checksThatFail(twice)).not.toEqual([])
    const headless = remade(whole, dopa, (files) => {
      editIndex(files, { records: ['answer'] })
      files.delete('request.json')
      files.delete('request.body')
    })
    expect(checksThatFail(headless)).not.toEqual([])
  })

  test('cannot invent a request or answer that nobody signed', async () => {
    const unsigned = await recordedAs('provider', () => ({ request: { head: null } }))
    expect(checksThatFail(unsigned)).toContain('request-signature')
    const unanswered = await recordedAs('provider', () => ({ answer: { head: null } }))
    expect(checksThatFail(unanswered)).toContain('answer-signature')
  })

  test('cannot pass a message off that is none', async () => {
    const broken = { kind: 'request' } as SignedMessage
    const file = await recordedAs('provider', () => ({ request: { head: broken } }))
    expect(checksThatFail(file)).not.toEqual([])
    const almost = await recordedAs('provider', ({ request }) => ({
      request: { head: { ...(request.head as SignedMessage), path: undefined as never } },
    }))
    expect(checksThatFail(almost)).not.toEqual([])
  })

  test('cannot speak for another member’s subsystem', async () => {
    const file = await recordedAs('consumer', ({ request }) => ({
      request: {
        client: 'TH/GOV/OCSC/hr',
        grant: '',
        purpose: '',
        law: '',
        ...signedAgain(request, rd, ({ fields }) => ({
          fields: withField(withField(fields, 'x-road-client', 'TH/GOV/OCSC/hr'), 'sapan-grant', null),
        })),
      },
      answer: { client: 'TH/GOV/OCSC/hr', grant: '', purpose: '', law: '' },
    }))
    expect(checksThatFail(file)).toContain('request-record')
  })

  test('cannot be about a service whose name only begins alike, or another path than its template', async () => {
    const path = (replacement: string) => (records: TestExchange[Side]) => {
      const signed = signedAgain(records.request, rd, (message) => ({
        path: message.path.replace('/person-v1/persons/', replacement),
      }))
      return { request: signed, answer: answeredAgain(records.answer, signed.head) }
    }
    expect(checksThatFail(await recordedAs('provider', path('/person-v10/persons/')))).toContain(
      'request-record',
    )
    expect(checksThatFail(await recordedAs('provider', path('/person-v1/households/')))).toContain(
      'request-record',
    )
  })

  test('cannot leave the purpose out of what was signed', async () => {
    const file = await recordedAs('provider', ({ request, answer }) => {
      const signed = signedAgain(request, rd, ({ fields }) => ({
        fields: withField(fields, 'sapan-purpose', null),
      }))
      return { request: signed, answer: answeredAgain(answer, signed.head) }
    })
    expect(checksThatFail(file)).toContain('request-record')
  })

  test('cannot tell of the answer what it does not tell of the request', async () => {
    const ungranted = await recordedAs('provider', () => ({ answer: { grant: '', fields: ['religion'] } }))
    expect(checksThatFail(ungranted)).toContain('answer-record')
    const other = await recordedAs('provider', () => ({ answer: { operation: 'getEverything' } }))
    expect(checksThatFail(other)).toContain('answer-record')
  })

  test.each(['toString', 'constructor', '__proto__'])(
    'cannot have an operation called %s allowed',
    async (name) => {
      const operation = { operation: name, fields: [] }
      expect(
        checksThatFail(await recordedAs('provider', () => ({ request: operation, answer: operation }))),
      ).toEqual(['grant'])
    },
  )

  test('cannot answer more than was granted', async () => {
    const file = await recordedAs('provider', ({ request, answer }) => ({
      answer: answeredAgain(answer, request.head as SignedMessage, Buffer.from('{"name":{},"religion":"x"}')),
    }))
    expect(checksThatFail(file)).toEqual(['grant'])
  })

  test('cannot widen the law', async () => {
    const law = 'ประมวลรัษฎากร 3 / Revenue Code, 3, and whatever else may be needed'
    expect(
      checksThatFail(await recordedAs('provider', () => ({ request: { law }, answer: { law } }))),
    ).toContain('grant')
  })

  test('is refused without a crash where numbers and lists are nonsense', async () => {
    const whole = await recordedAs('provider', () => ({}))
    const changePiece = (change: (piece: ExportedRecord) => ExportedRecord) =>
      remade(whole, dopa, (files) => edit<ExportedRecord>(files, 'request.json', change))
    const change = (record: Partial<ExportedRecord['record']>) =>
      changePiece((piece) => ({ ...piece, record: { ...piece.record, ...record } }))
    for (const record of [
      { at: 1e300 },
      { at: -1e17 },
      { fields: 'not JSON' },
      { fields: '{}' },
      { withheldUntil: 1e30 },
      { route: '/\u0000' },
      { problem: '\ud800' },
    ])
      expect(checksThatFail(change(record))).not.toEqual([])
    for (const position of [
      { txid: 1, ordinal: 2 ** 31 },
      { txid: -1, ordinal: 0 },
      { txid: 1e300, ordinal: -1 },
    ])
      expect(checksThatFail(changePiece((piece) => ({ ...piece, position })))).not.toEqual([])
  })

  test('cannot lay a record into another log than that of its checkpoint', async () => {
    const whole = await recordedAs('provider', () => ({}))
    const file = remade(whole, dopa, (files) =>
      edit<ExportedRecord>(files, 'answer.json', (piece) => ({
        ...piece,
        log: piece.log && { ...piece.log, origin: `${piece.log.origin}/other` },
      })),
    )
    expect(checksThatFail(file)).toContain('answer-in-log')
  })
})

describe('a directory', () => {
  test('is held to its time: a grant that was withdrawn, a certificate that was replaced', async () => {
    const old = country.directoryVersion
    country.advance(10 * 86_400_000)
    const today = country.directory.bind(country)
    country.directory = () => ({
      ...today(),
      grants: [],
      members: today().members.map((member) => ({ ...member, signing: [] })),
    })
    await country.join(evidence, [dopa, rd])
    const file = await recordedAs('provider', () => ({
      request: { directoryVersion: old },
      answer: { directoryVersion: old },
    }))
    country.directory = today
    await country.join(evidence, [dopa, rd])
    expect(checksThatFail(file)).toContain('grant')
    expect(checksThatFail(file)).toContain('request-signature')
  })

  test('cannot be slipped in for the witnesses that it named once', async () => {
    const older = { version: country.directoryVersion, jws: country.directoryJws() }
    await country.join(evidence, [dopa, rd])
    const whole = await recordedAs('provider', () => ({}))
    const file = remade(whole, dopa, (files) =>
      files.set(`directory-${older.version}.jws`, Buffer.from(older.jws)),
    )
    expect(checksThatFail(file)).toContain('directory')
  })
})

describe('a certificate that was revoked', () => {
  test('does not sign a file, whatever time that claims', async () => {
    const whole = await recordedAs('provider', () => ({}))
    expect(checksThatFail(whole)).toEqual([])
    const revokedAt = new Date(country.clock()).toISOString()
    country.revoked = [
      { fingerprint: fingerprint(country.member(dopa).certificate), at: revokedAt, reason: 'lost' },
    ]
    country.directoryVersion++
    const directory = country.directoryJws()
    for (const exportedAt of ['soon', new Date(country.clock() - 86_400_000).toISOString()]) {
      const file = remade(whole, dopa, (files) => {
        editIndex(files, { exportedAt })
        files.set(`directory-${country.directoryVersion}.jws`, Buffer.from(directory))
      })
      expect(checksThatFail(file)).not.toEqual([])
    }
    country.revoked = []
  })

  test('does not sign a message that nothing proves to be older', async () => {
    const at = country.clock() - 10_000
    const exchange = country.exchange({ at })
    country.revoked = [
      {
        fingerprint: fingerprint(country.member(rd).certificate),
        at: new Date(at + 5_000).toISOString(),
        reason: 'lost',
      },
    ]
    await country.join(evidence, [dopa, rd])
    const file = await recordedAs('provider', () => ({}), exchange)
    expect(checksThatFail(file)).toContain('request-signature')
    country.revoked = []
    await country.join(evidence, [dopa, rd])
  })

  test('does not stamp', async () => {
    const whole = await recordedAs('provider', () => ({}))
    expect(checksThatFail(whole)).toEqual([])
    const certificate = Buffer.from(country.directory().timestamping[0]?.certificate ?? '', 'base64')
    country.revoked = [
      {
        fingerprint: fingerprint(certificate),
        at: new Date(country.clock() - 60_000).toISOString(),
        reason: 'lost',
      },
    ]
    await country.join(evidence, [dopa, rd])
    const newest = country.directoryJws()
    const name = `directory-${country.directoryVersion}.jws`
    const before = JSON.parse(
      String(readContainer(whole).find((file) => file.name === 'request.json')?.data),
    ) as ExportedRecord
    const file = remade(whole, dopa, (files) => {
      for (const known of [...files.keys()])
        if (known.startsWith('directory-') && known !== `directory-${before.record.directoryVersion}.jws`)
          files.delete(known)
      files.set(name, Buffer.from(newest))
      editIndex(files, { exportedAt: new Date(country.clock()).toISOString() })
    })
    country.revoked = []
    expect(checksThatFail(file)).toEqual(['time-stamp'])
  })
})
