import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pieceBytes } from '../../src/queue/attachments/attachment.ts'
import { readReceipt } from '../../src/queue/receipt.ts'
import { findAttachment } from '../../src/queue/store/attachments.ts'
import { client } from './agencies.ts'
import {
  accepting,
  notices,
  type QueueCountry,
  queue,
  type SentMessage,
  startQueueCountry,
} from './queue-country.ts'
import { somebody } from './register.ts'
import { sendTo } from './wire.ts'

let country: QueueCountry
const most = pieceBytes + 4 * 1024 * 1024

beforeAll(async () => {
  const attachments = { bytes: most, underWay: 8 * most, keepUnnamed: 600, keepTaken: 600 }
  country = await startQueueCountry({
    rd: { attachments },
    dopa: { attachments },
    agencies: { rd: { subsystems: ['main', 'other'] } },
  })
})
afterAll(() => country?.stop())

function ask(method: string, path: string, headers: Record<string, string> = {}, body?: Buffer) {
  return fetch(`${country.rd.edge}${path}`, {
    method,
    headers: {
      'x-road-client': client,
      'tus-resumable': '1.0.0',
      accept: 'application/problem+json',
      ...headers,
    },
    ...(body && { body: new Uint8Array(body) }),
  })
}

const aboutOf = (operation: string) =>
  `/m1/attachments?service=${encodeURIComponent(notices)}&operation=${operation}`
const about = aboutOf('sendLetter')
const begin = (length: number, headers: Record<string, string> = {}) =>
  ask('POST', about, { 'upload-length': String(length), ...headers })

async function begun(length: number): Promise<string> {
  const answer = await begin(length)
  expect(answer.status).toBe(201)
  return answer.headers.get('location') ?? ''
}

const add = (path: string, offset: number, body: Buffer, headers: Record<string, string> = {}) =>
  ask(
    'PATCH',
    path,
    { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset), ...headers },
    body,
  )

async function refusal(asked: Promise<Response>): Promise<[number, string]> {
  const answer = await asked
  expect(answer.headers.get('tus-resumable')).toBe('1.0.0')
  const { code } = (await answer.json()) as { code: string }
  return [answer.status, code]
}

describe('the upload of an attachment', () => {
  it('says what it speaks', async () => {
    const answer = await ask('OPTIONS', '/m1/attachments')
    expect(answer.status).toBe(204)
    expect(answer.headers.get('tus-version')).toBe('1.0.0')
    expect(answer.headers.get('tus-extension')).toBe('creation,termination,checksum')
    expect(answer.headers.get('tus-max-size')).toBe(String(most))
  })

  it('goes on where it stands, until all of it is here', async () => {
    const bytes = randomBytes(3000)
    const path = await begun(bytes.length)
    const first = await add(path, 0, bytes.subarray(0, 1000))
    expect([first.status, first.headers.get('upload-offset')]).toEqual([204, '1000'])
    const standing = await ask('HEAD', path)
    expect(standing.headers.get('upload-offset')).toBe('1000')
    expect(standing.headers.get('upload-length')).toBe('3000')
    expect(standing.headers.get('cache-control')).toBe('no-store')
    expect((await add(path, 1000, bytes.subarray(1000))).headers.get('upload-offset')).toBe('3000')
    const kept = await findAttachment(country.rd.pool, client, path.split('/').at(-1) ?? '')
    expect(kept?.digest).toEqual(createHash('sha256').update(bytes).digest())
  })

  it('goes on also through a proxy that lets only POST through', async () => {
    const path = await begun(10)
    const through = (method: string, headers: Record<string, string> = {}, body?: Buffer) =>
      ask('POST', path, { 'x-http-method-override': method, ...headers }, body)
    const part = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }
    expect((await through('PATCH', part, Buffer.alloc(10))).headers.get('upload-offset')).toBe('10')
    expect((await through('DELETE')).status).toBe(204)
    expect((await ask('HEAD', path)).status).toBe(404)
  })

  it('is refused at another offset, beyond its length, and with another content type', async () => {
    const path = await begun(10)
    expect(await refusal(add(path, 5, Buffer.alloc(5)))).toEqual([409, 'attachment-offset-conflict'])
    expect(await refusal(add(path, 0, Buffer.alloc(11)))).toEqual([413, 'attachment-too-long'])
    const text = add(path, 0, Buffer.alloc(1), { 'content-type': 'text/plain' })
    expect((await refusal(text))[0]).toBe(415)
  })

  it('says how much of it a checksum may be about', async () => {
    const path = await begun(most)
    const right = createHash('sha1').update(Buffer.alloc(most)).digest('base64')
    const answer = await add(path, 0, Buffer.alloc(most), { 'upload-checksum': `sha1 ${right}` })
    expect([answer.status, await answer.json()]).toMatchObject([
      413,
      { code: 'body-too-large', bytes: 4 * 1024 * 1024 },
    ])
  })

  it('keeps nothing of a part that lacks its checksum', async () => {
    const path = await begun(10)
    const right = createHash('sha1').update(Buffer.alloc(10)).digest('base64')
    const wrong = add(path, 0, Buffer.alloc(10, 'x'), { 'upload-checksum': `sha1 ${right}` })
    expect(await refusal(wrong)).toEqual([460, 'attachment-checksum-mismatch'])
    expect((await add(path, 0, Buffer.alloc(10), { 'upload-checksum': `sha1 ${right}` })).status).toBe(204)
  })

  it('is nobody else’s, and gone when its sender gives it up', async () => {
    const path = await begun(10)
    const other = { 'x-road-client': 'TH/GOV/RD/other' }
    expect((await ask('HEAD', path, other)).status).toBe(404)
    expect(await refusal(ask('DELETE', path, other))).toEqual([404, 'attachment-unknown'])
    expect((await ask('DELETE', path)).status).toBe(204)
    expect((await ask('HEAD', path)).status).toBe(404)
    expect((await ask('HEAD', `/m1/attachments/${randomUUID()}`)).status).toBe(404)
  })

  it('is for those who may send the message, within bounds, and in this version', async () => {
    const other = { 'x-road-client': 'TH/GOV/RD/other' }
    expect(await refusal(begin(10, other))).toEqual([403, 'no-grant'])
    expect(await refusal(begin(most + 1))).toEqual([413, 'attachment-too-long'])
    expect(await refusal(begin(10, { 'tus-resumable': '0.2.2' }))).toEqual([
      412,
      'upload-version-unsupported',
    ])
    expect((await refusal(begin(10, { 'upload-length': '-1' })))[0]).toBe(422)
    for (;;) {
      const answer = await begin(most)
      if (answer.status === 201) continue
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        507,
        'attachments-full',
      ])
      break
    }
    await country.rd.pool.query('delete from queue.attachment')
  })
})

const letters = `${notices}/letters`
const letter = { nationalId: somebody, subject: 'a letter' }
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Uploads a file for a queue; its id. */
async function uploaded(bytes: Buffer, name = 'สัญญา.pdf', operation = 'sendLetter'): Promise<string> {
  const metadata = `filename ${Buffer.from(name).toString('base64')},filetype ${Buffer.from('application/pdf').toString('base64')}`
  const answer = await ask('POST', aboutOf(operation), {
    'upload-length': String(bytes.length),
    'upload-metadata': metadata,
  })
  const path = answer.headers.get('location') ?? ''
  if (bytes.length > 0) expect((await add(path, 0, bytes)).status).toBe(204)
  return path.split('/').at(-1) ?? ''
}

async function sent(ids: readonly string[], more: Record<string, string> = {}, to = letters) {
  const answer = await country.send(letter, { 'sapan-attachments': ids.join(', '), ...more }, to)
  return { status: answer.status, ...((await answer.json()) as SentMessage & { attachments?: number }) }
}

const becomes = (message: string, state: string) =>
  expect.poll(async () => (await country.sent(message)).state, { timeout: 10_000 }).toBe(state)

/** As DOPA's own system asks its gateway. */
function atDopa(method: string, path: string, headers: Record<string, string> = {}, body?: object) {
  return fetch(`${country.dopa.edge}${path}`, {
    method,
    headers: {
      'x-road-client': 'TH/GOV/DOPA/main',
      accept: 'application/problem+json',
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  })
}

interface Shown {
  readonly id: string
  readonly length: number
  readonly digest: string
  readonly mediaType: string
  readonly name: string | null
  readonly href: string
}
interface TakenMessage {
  readonly number: number
  readonly message: string
  readonly attachments?: readonly Shown[]
}

async function taken(message: string): Promise<TakenMessage> {
  const answer = await atDopa(
    'POST',
    '/m1/inbox/take',
    {},
    { service: notices, operation: 'sendLetter', most: 10 },
  )
  const { messages } = (await answer.json()) as { messages: TakenMessage[] }
  const found = messages.find((one) => one.message === message)
  if (!found) throw new Error(`${message} did not come`)
  return found
}

/** As RD's gateway asks DOPA's. */
async function fromRd(method: string, target: string, body: object | Buffer) {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
  const { status, body: answer } = await sendTo(country.dopa.peer, country.rd.membership.tls(), {
    method,
    target,
    headers: [
      ['host', new URL(country.dopa.peer).host],
      ['content-type', Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json'],
      ['content-length', String(bytes.length)],
    ],
    body: bytes,
  })
  return { status, answer: JSON.parse(answer.toString()) as object & { code?: string } }
}

const announcement = (bytes: Buffer, more: object = {}, entry: object = {}) => ({
  ...{ client, service: notices, operation: 'sendLetter', message: randomUUID() },
  attachments: [
    { id: randomUUID(), length: bytes.length, digest: sha256(bytes), mediaType: 'a/b', name: null, ...entry },
  ],
  ...more,
})

async function announced(about: object): Promise<string> {
  const { answer } = await fromRd('POST', '/sapan/v1/attachments', about)
  return (answer as { attachments: { key: string }[] }).attachments[0]?.key ?? ''
}

describe('what another gateway sends beside messages', () => {
  it('is refused without a grant of the queue, under another’s name, and beyond what is taken', async () => {
    const bytes = randomBytes(10)
    const asked = [
      announcement(bytes, { client: 'TH/GOV/RD/other' }),
      announcement(bytes, { client: 'TH/GOV/DOPA/main' }),
      announcement(bytes, { operation: 'readMoves' }),
      announcement(bytes, { service: `${notices}x` }),
      announcement(bytes, {}, { length: most + 1 }),
      announcement(bytes, {}, { digest: 'x' }),
      announcement(bytes, {}, { mediaType: 'text/plain\r\nx: y' }),
      announcement(bytes, {}, { name: '../a.pdf' }),
      announcement(bytes, { attachments: [] }),
    ]
    const codes: unknown[] = []
    for (const one of asked) codes.push((await fromRd('POST', '/sapan/v1/attachments', one)).answer.code)
    expect(codes).toEqual([
      ...['no-grant', 'no-grant', 'queue-unknown', 'service-unknown', 'attachment-too-long'],
      ...['request-invalid', 'request-invalid', 'request-invalid', 'request-invalid'],
    ])
  })

  it('is kept in its order, once, and begun anew where it is not what its sender said', async () => {
    const bytes = randomBytes(pieceBytes + 10)
    const about = announcement(bytes)
    const key = await announced(about)
    const put = async (from: number, piece: Buffer) => {
      const { status, answer } = await fromRd('PUT', `/sapan/v1/attachments/${key}?from=${from}`, piece)
      return [status, answer.code]
    }
    const first = bytes.subarray(0, pieceBytes)
    expect(await put(pieceBytes, bytes.subarray(pieceBytes))).toEqual([409, 'attachment-offset-conflict'])
    expect(await put(0, first.subarray(1))).toEqual([413, 'attachment-too-long'])
    expect(await put(0, first)).toEqual([200, undefined])
    expect(await put(0, first)).toEqual([409, 'attachment-offset-conflict'])
    expect(await put(pieceBytes, randomBytes(10))).toEqual([460, 'attachment-checksum-mismatch'])
    expect(await put(0, first)).toEqual([200, undefined])
    expect(await put(pieceBytes, bytes.subarray(pieceBytes))).toEqual([200, undefined])
    expect(await announced(about)).toBe(key)
    expect((await fromRd('PUT', `/sapan/v1/attachments/${randomUUID()}?from=0`, first)).answer.code).toBe(
      'attachment-unknown',
    )
  })

  it('is announced anew where it is gone, and the message comes all the same', async () => {
    const bytes = randomBytes(2 * pieceBytes)
    const id = await uploaded(bytes)
    const message = randomUUID()
    const key = await announced(
      announcement(bytes, { message }, { id, mediaType: 'application/pdf', name: 'สัญญา.pdf' }),
    )
    const half = bytes.subarray(0, pieceBytes)
    await fromRd('PUT', `/sapan/v1/attachments/${key}?from=0`, randomBytes(half.length))
    const sending = await sent([id], { 'sapan-message': message })
    expect(sending.status).toBe(202)
    await becomes(message, 'delivered')
    const { attachments: [shown] = [] } = await taken(message)
    const read = await atDopa('GET', shown?.href ?? '')
    expect(Buffer.from(await read.arrayBuffer()).equals(bytes)).toBe(true)
  })

  it('is no more than there is room for, nor than are counted', async () => {
    const bytes = randomBytes(1)
    const keys: string[] = []
    for (;;) {
      const { answer } = await fromRd(
        'POST',
        '/sapan/v1/attachments',
        announcement(bytes, {}, { length: most }),
      )
      if (answer.code !== undefined) {
        expect(answer.code).toBe('attachments-full')
        break
      }
      keys.push('one')
    }
    expect(keys.length).toBeLessThan(9)
    await country.dopa.pool.query('delete from queue.attachment where received = 0')
  })
})

describe('a message with attachments', () => {
  it('brings them whole, in their order, with what its sender says of them, and reads back in parts', async () => {
    const [large, small, nothing] = [randomBytes(pieceBytes + 500), randomBytes(20), Buffer.alloc(0)]
    const ids = [await uploaded(large), await uploaded(small, 'b.pdf'), await uploaded(nothing, 'c.pdf')]
    const { status, message, attachments } = await sent(ids)
    expect([status, attachments]).toEqual([202, 3])
    await becomes(message, 'delivered')
    const { number, attachments: shown = [] } = await taken(message)
    expect(shown.map(({ href: _, ...entry }) => entry)).toEqual(
      [large, small, nothing].map((bytes, i) => ({
        id: ids[i],
        length: bytes.length,
        digest: sha256(bytes),
        mediaType: 'application/pdf',
        name: ['สัญญา.pdf', 'b.pdf', 'c.pdf'][i],
      })),
    )
    const [first = { href: '' }, , third = { href: '' }] = shown
    const whole = await atDopa('GET', first.href)
    expect(whole.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('สัญญา.pdf')}`,
    )
    expect(whole.headers.get('accept-ranges')).toBe('bytes')
    expect(Buffer.from(await whole.arrayBuffer()).equals(large)).toBe(true)
    const part = await atDopa('GET', first.href, { range: `bytes=${pieceBytes - 3}-${pieceBytes + 2}` })
    expect([part.status, part.headers.get('content-range')]).toEqual([
      206,
      `bytes ${pieceBytes - 3}-${pieceBytes + 2}/${large.length}`,
    ])
    expect(Buffer.from(await part.arrayBuffer())).toEqual(large.subarray(pieceBytes - 3, pieceBytes + 3))
    expect((await atDopa('GET', third.href)).headers.get('content-length')).toBe('0')
    const beyond = await atDopa('GET', first.href, { range: 'bytes=99999999-' })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${large.length}`])
    await atDopa('POST', `/m1/inbox/${number}/accept`, {}, {})
    await becomes(message, 'accepted')
    expect((await atDopa('GET', first.href)).status).toBe(200)
  })

  it('has one digest over all of them in the receipts of both sides', async () => {
    const { message } = await sent([await uploaded(randomBytes(10))])
    await becomes(message, 'delivered')
    const { receipts } = await country.sent(message)
    const said = [receipts.queued, receipts.delivered ?? ''].map(
      (jws) => readReceipt(jws).receipt.attachments,
    )
    expect(said[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(said[1]).toBe(said[0])
  })

  it('tells a system that is handed it where they are', async () => {
    country.register.answering = accepting
    const bytes = randomBytes(30)
    const { message } = await sent([await uploaded(bytes, 'a.pdf', 'tellMove')], {}, queue)
    await becomes(message, 'accepted')
    const handed = country.taken().find((one) => one.message === message)
    const list = new URL(String(handed?.headers['sapan-attachments']))
    expect(list.origin).toBe(country.dopa.edge)
    const { attachments } = (await (await atDopa('GET', list.pathname)).json()) as { attachments: Shown[] }
    const read = await atDopa('GET', attachments[0]?.href ?? '')
    expect(Buffer.from(await read.arrayBuffer())).toEqual(bytes)
  })

  it('is told to its receiving subsystem, and to nobody else', async () => {
    const { message } = await sent([await uploaded(randomBytes(10))])
    await becomes(message, 'delivered')
    const { attachments: [shown] = [] } = await taken(message)
    const stranger = { 'x-road-client': 'TH/GOV/DOPA/other' }
    const answers = [
      await atDopa('GET', shown?.href ?? '', stranger),
      await atDopa('GET', `/m1/inbox/999999/attachments/${shown?.id}`),
      await atDopa('GET', `${shown?.href.slice(0, -36)}${randomUUID()}`),
    ]
    for (const { status } of answers) expect([400, 401, 403, 404]).toContain(status)
  })

  it('is answered as before when it is sent again, also when its attachments are gone', async () => {
    const id = await uploaded(randomBytes(10))
    const own = { 'sapan-message': randomUUID() }
    const first = await sent([id], own)
    expect(await sent([id], own)).toMatchObject({ status: 202, number: first.number })
    const other = await uploaded(randomBytes(10))
    expect(await sent([other], own)).toMatchObject({ status: 409, code: 'message-id-taken' })
    await becomes(first.message, 'delivered')
    const { number } = await taken(first.message)
    await atDopa('POST', `/m1/inbox/${number}/accept`, {}, {})
    await becomes(first.message, 'accepted')
    await country.rd.pool.query('delete from queue.attachment where outgoing = $1', [first.number])
    expect(await sent([id], own)).toMatchObject({ status: 202, number: first.number, state: 'accepted' })
  })

  it('is refused where one is not whole, another’s, of another queue, named twice or already sent', async () => {
    const begunOnly = (await begun(10)).split('/').at(-1) ?? ''
    const used = await uploaded(randomBytes(5))
    await sent([used])
    const fresh = await uploaded(randomBytes(5))
    const codes = [
      await sent([begunOnly]),
      await sent([randomUUID()]),
      await sent([await uploaded(randomBytes(5), 'a.pdf', 'tellMove')]),
      await sent([fresh, fresh]),
      await sent(['no-id']),
      await sent([used]),
      await sent(Array.from({ length: 21 }, () => randomUUID())),
    ].map(({ status, code }) => [status, code])
    expect(codes).toEqual([
      [409, 'attachment-incomplete'],
      [404, 'attachment-unknown'],
      [404, 'attachment-unknown'],
      [400, 'attachments-malformed'],
      [400, 'attachments-malformed'],
      [409, 'attachment-taken'],
      [400, 'attachments-malformed'],
    ])
    expect((await ask('DELETE', `/m1/attachments/${used}`)).status).toBe(404)
  })

  it('goes on from what the receiver has, when its first try broke off', async () => {
    const bytes = randomBytes(pieceBytes + 10)
    const id = await uploaded(bytes)
    const announced = await fromRd('POST', '/sapan/v1/attachments', {
      ...{ client, service: notices, operation: 'sendLetter', message: 'resumed-1' },
      attachments: [
        { id, length: bytes.length, digest: sha256(bytes), mediaType: 'application/pdf', name: 'สัญญา.pdf' },
      ],
    })
    const [place = { key: '', received: -1 }] = (
      announced.answer as { attachments: { key: string; received: number }[] }
    ).attachments
    expect(place.received).toBe(0)
    const piece = bytes.subarray(0, pieceBytes)
    expect(await fromRd('PUT', `/sapan/v1/attachments/${place.key}?from=0`, piece)).toMatchObject({
      status: 200,
    })
    const { message } = await sent([id], { 'sapan-message': 'resumed-1' })
    await becomes(message, 'delivered')
    const { attachments: [shown] = [] } = await taken(message)
    const read = await atDopa('GET', shown?.href ?? '')
    expect(Buffer.from(await read.arrayBuffer()).equals(bytes)).toBe(true)
  })

  it('is sent again with them by a person, after it became a dead letter', async () => {
    country.register.answering = (_request, response) => void response.writeHead(422).end()
    const bytes = randomBytes(30)
    const { message, number } = await sent([await uploaded(bytes, 'a.pdf', 'tellMove')], {}, queue)
    await becomes(message, 'rejected')
    country.register.answering = accepting
    const again = await country.rd.operator('POST', `/v1/messages/${number}/resend`, {})
    expect(again).toMatchObject({ attachments: 1, resendOf: number })
    await becomes(String(again.message), 'accepted')
    const handed = country.taken().find((one) => one.message === again.message)
    const list = new URL(String(handed?.headers['sapan-attachments']))
    const { attachments } = (await (await atDopa('GET', list.pathname)).json()) as { attachments: Shown[] }
    expect(attachments[0]?.digest).toBe(sha256(bytes))
  })
})
