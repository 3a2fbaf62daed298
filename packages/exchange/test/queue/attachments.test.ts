import { hash, randomBytes, randomUUID } from 'node:crypto'
import { Sealer } from '@sapan/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import { Contents } from '../../src/evidence/contents.ts'
import { movedTables } from '../../src/gateway/moving/tables.ts'
import { type Attachment, pieceBytes } from '../../src/queue/attachments/attachment.ts'
import { digestOf, receiveBytes } from '../../src/queue/attachments/receive.ts'
import { openDescription, openPiece, sealDescription } from '../../src/queue/attachments/sealed.ts'
import {
  deleteOldAttachments,
  findAttachment,
  insertAttachment,
  readPiece,
} from '../../src/queue/store/attachments.ts'
import { gatewayDatabase } from '../databases.ts'

let database: TestDatabase
const sealer = new Sealer(new Map([[1, randomBytes(32)]]), 1)

beforeAll(async () => {
  database = await gatewayDatabase()
})
afterAll(() => database?.drop())

const about = { service: 'TH/GOV/DOPA/main/notice-v1', operation: 'tellMove' }
const enough = 1024 ** 3

async function begun(length: number, client = `TH/GOV/RD/${randomUUID()}`): Promise<Attachment> {
  const id = randomUUID()
  const wanted = {
    ...about,
    id,
    client,
    length,
    description: sealDescription(sealer, id, { name: 'a.pdf', mediaType: 'application/pdf' }),
  }
  if (!(await insertAttachment(database.pool, wanted, enough))) throw new Error('there is no room')
  return standing({ id, client })
}

async function standing({ id, client }: { id: string; client: string }): Promise<Attachment> {
  const found = await findAttachment(database.pool, client, id)
  if (!found) throw new Error('the attachment is gone')
  return found
}

const receive = (attachment: Attachment, ...parts: Buffer[]) =>
  receiveBytes({ pool: database.pool, sealer }, attachment, arriving(parts))

async function* arriving(parts: readonly Buffer[], ending?: Error): AsyncGenerator<Buffer> {
  yield* parts
  if (ending) throw ending
}

describe('what a system uploads to go with a message', () => {
  it('comes in parts of any size, and has its digest when all of it is here', async () => {
    const bytes = randomBytes(pieceBytes + 1000)
    const attachment = await begun(bytes.length)

    expect(await receive(attachment, bytes.subarray(0, 7), bytes.subarray(7, 300))).toBe(300)
    expect(await standing(attachment)).toMatchObject({ received: 300, digest: null })
    expect(await receive(await standing(attachment), bytes.subarray(300))).toBe(bytes.length)

    const { digest } = await standing(attachment)
    expect(digest).toEqual(hash('sha256', bytes, 'buffer'))
    expect(await digestOf({ pool: database.pool, sealer }, attachment.id, bytes.length)).toEqual(digest)
  })

  it('is kept as far as it came when the line breaks', async () => {
    const attachment = await begun(1000)
    const store = { pool: database.pool, sealer }
    const broken = arriving([randomBytes(400)], new Error('the line broke'))
    await expect(receiveBytes(store, attachment, broken)).rejects.toThrow('the line broke')
    expect((await standing(attachment)).received).toBe(400)
  })

  it('grows by one of two that go on from the same offset', async () => {
    const attachment = await begun(20)
    const both = await Promise.allSettled([
      receive(attachment, Buffer.alloc(10, 'a')),
      receive(attachment, Buffer.alloc(10, 'b')),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'attachment-offset-conflict' },
    })
    expect((await standing(attachment)).received).toBe(10)
  })

  it('does not take other bytes at an offset that is behind it', async () => {
    const attachment = await begun(20)
    await receive(attachment, Buffer.alloc(10, 'a'))
    await expect(receive(attachment, Buffer.alloc(10, 'b'))).rejects.toMatchObject({
      code: 'attachment-offset-conflict',
    })
  })

  it('is never longer than was said', async () => {
    const attachment = await begun(5)
    await expect(receive(attachment, Buffer.alloc(6))).rejects.toMatchObject({ code: 'attachment-too-long' })
    expect((await standing(attachment)).received).toBe(0)
  })

  it('lies sealed in the database, each piece for its place', async () => {
    const attachment = await begun(16)
    await receive(attachment, Buffer.from('a person’s file'.slice(0, 14)))
    const sealed = await readPiece(database.pool, attachment.id, 0)
    expect(sealed?.includes('person')).toBe(false)
  })

  it('is nobody else’s', async () => {
    const { id } = await begun(5)
    expect(await findAttachment(database.pool, 'TH/GOV/DLT/main', id)).toBeUndefined()
  })

  it('has no room beyond what a subsystem may have under way, also when two begin at once', async () => {
    const client = `TH/GOV/RD/${randomUUID()}`
    const begin = () =>
      insertAttachment(
        database.pool,
        {
          ...about,
          id: randomUUID(),
          client,
          length: 60,
          description: Buffer.from('sealed'),
        },
        100,
      )
    expect((await Promise.all([begin(), begin()])).sort()).toEqual([false, true])
  })

  it('moves with its member: sealed anew for the gateway that goes on with it', async () => {
    const attachment = await begun(5)
    await receive(attachment, Buffer.from('12345'))
    const other = new Sealer(new Map([[1, randomBytes(32)]]), 1)
    const moved = async (name: string, column: string) => {
      const table = movedTables.find((one) => one.name === name)
      const { rows } = await database.pool.query(
        `select to_jsonb(t) as row from ${name} t where ${column} = $1`,
        [attachment.id],
      )
      const opened = await table?.open?.(sealer, rows[0].row, new Contents(sealer, undefined))
      return table?.seal?.(other, opened ?? {}) ?? {}
    }
    const bytesOf = (hex: unknown) => Buffer.from(String(hex).slice(2), 'hex')
    const { content } = await moved('queue.attachment_piece', 'attachment')
    expect(openPiece(other, attachment.id, 0, bytesOf(content)).toString()).toBe('12345')
    const { description } = await moved('queue.attachment', 'id')
    expect(openDescription(other, attachment.id, bytesOf(description))).toEqual(
      openDescription(sealer, attachment.id, attachment.description),
    )
  })

  it('is forgotten with its pieces when nobody touches it', async () => {
    const attachment = await begun(5)
    await receive(attachment, Buffer.alloc(5))
    await deleteOldAttachments(database.pool, { untouchedSince: Date.now() - 60_000, takenSince: 0 })
    expect((await standing(attachment)).received).toBe(5)
    await deleteOldAttachments(database.pool, { untouchedSince: Date.now() + 60_000, takenSince: 0 })
    expect(await findAttachment(database.pool, attachment.client, attachment.id)).toBeUndefined()
    expect(await readPiece(database.pool, attachment.id, 0)).toBeUndefined()
  })
})
