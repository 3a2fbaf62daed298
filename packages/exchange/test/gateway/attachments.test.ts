import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findAttachment } from '../../src/queue/store/attachments.ts'
import { client } from './agencies.ts'
import { notices, type QueueCountry, startQueueCountry } from './queue-country.ts'

let country: QueueCountry
const most = 20 * 1024

beforeAll(async () => {
  const attachments = { bytes: most, underWay: 64 * 1024, keepUnnamed: 600 }
  country = await startQueueCountry({
    rd: { attachments },
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

const about = `/m1/attachments?service=${encodeURIComponent(notices)}&operation=sendLetter`
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

  it('is refused at another offset, beyond its length, and with another content type', async () => {
    const path = await begun(10)
    expect(await refusal(add(path, 5, Buffer.alloc(5)))).toEqual([409, 'attachment-offset-conflict'])
    expect(await refusal(add(path, 0, Buffer.alloc(11)))).toEqual([413, 'attachment-too-long'])
    const text = add(path, 0, Buffer.alloc(1), { 'content-type': 'text/plain' })
    expect((await refusal(text))[0]).toBe(415)
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
  })
})
