import type { TLSSocket } from 'node:tls'
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import type { GatewayGround } from '../../gateway/ground.ts'
import { chooseGrant } from '../../grant/choose.ts'
import { memberOf } from '../../identifier.ts'
import { exchangeProblem } from '../../problems.ts'
import { completeAttachment, keepPiece } from '../store/attachments.ts'
import { announceAttachments, findAnnounced, forgetPieces } from '../store/incoming-attachments.ts'
import { type Attachment, mostAttachments, pieceBytes, placeOf } from './attachment.ts'
import { digestOf } from './receive.ts'
import { sealDescription, sealPiece } from './sealed.ts'
import { isSound } from './upload-headers.ts'

const Entry = Type.Object({
  id: Type.String({ format: 'uuid' }),
  length: Type.Integer({ minimum: 0 }),
  digest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  mediaType: Type.String({ maxLength: 255 }),
  name: Type.Union([Type.String({ maxLength: 255 }), Type.Null()]),
})
const Announcement = Type.Object(
  {
    client: Type.String({ maxLength: 300 }),
    service: Type.String({ maxLength: 300 }),
    operation: Type.String({ maxLength: 64 }),
    message: Type.String({ pattern: '^[A-Za-z0-9._:-]{1,64}$' }),
    attachments: Type.Array(Entry, { minItems: 1, maxItems: mostAttachments }),
  },
  { additionalProperties: false },
)
const Which = Type.Object({ key: Type.String({ format: 'uuid' }) })
const From = Type.Object({ from: Type.Integer({ minimum: 0 }) })

/** What another gateway is told of an attachment that it announced: under which key it is kept, and how far it is here. */
export interface AnnouncedPlace {
  readonly id: string
  readonly key: string
  readonly received: number
}

/** Each holds a piece in memory, and its sealed copy. */
const mostAtOnce = 16

/**
 * `/sapan/v1/attachments`: another gateway announces what goes with a message, and sends what is missing, piece by piece. What is kept
 * is the message's only when that has come, signed, with the digest over all of them.
 */
export function attachmentPeerRoutes(
  app: FastifyInstance,
  ground: GatewayGround,
  membersOf: (socket: TLSSocket) => string[],
): void {
  let atOnce = 0

  app.post('/sapan/v1/attachments', { schema: { body: Announcement } }, async (request) => {
    const announcement = request.body as Static<typeof Announcement>
    const { client, service, operation } = announcement
    if (!membersOf(request.socket as TLSSocket).includes(memberOf(client))) throw exchangeProblem('no-grant')
    checkQueueOf(ground, { client, service, operation })
    return { attachments: await announced(ground, announcement) }
  })

  app.register(async (pieces) => {
    pieces.removeAllContentTypeParsers()
    pieces.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: pieceBytes },
      (_request, body, done) => done(null, body),
    )
    pieces.put(
      '/sapan/v1/attachments/:key',
      { schema: { params: Which, querystring: From }, bodyLimit: pieceBytes },
      async (request) => {
        const members = membersOf(request.socket as TLSSocket)
        const { key } = request.params as Static<typeof Which>
        const { from } = request.query as Static<typeof From>
        const found = await findAnnounced(ground.pool, key)
        if (!found || !members.includes(memberOf(found.client))) throw exchangeProblem('attachment-unknown')
        if (atOnce >= mostAtOnce) throw exchangeProblem('gateway-busy')
        atOnce++
        try {
          return { received: await taken(ground, found, from, request.body as Buffer) }
        } finally {
          atOnce--
        }
      },
    )
  })
}

/** Only what a message with them could bring under a grant is taken. */
function checkQueueOf(
  { services, issuedGrants, clock }: GatewayGround,
  { client, service, operation }: Pick<Static<typeof Announcement>, 'client' | 'service' | 'operation'>,
): void {
  const known = services.get(service)
  if (!known) throw exchangeProblem('service-unknown')
  if (!known.description.operations.find(({ id }) => id === operation)?.queue) {
    throw exchangeProblem('queue-unknown', { extensions: { service } })
  }
  const grants = issuedGrants.list().map(({ grant }) => grant)
  const purposes = new Set(
    grants.filter((one) => one.consumer === client && one.service === service).map(({ purpose }) => purpose),
  )
  const asked = { consumer: client, service, operation, queryNames: [], at: clock() }
  const isGranted = [...purposes].some((purpose) =>
    isAllowed(() => chooseGrant(grants, { ...asked, purpose })),
  )
  if (!isGranted) throw exchangeProblem('no-grant')
}

function isAllowed(choose: () => unknown): boolean {
  try {
    choose()
    return true
  } catch {
    return false
  }
}

async function announced(
  ground: GatewayGround,
  { attachments, ...about }: Static<typeof Announcement>,
): Promise<AnnouncedPlace[]> {
  const { pool, sealer, settings } = ground
  const { bytes, underWay } = settings.queue.attachments
  if (!attachments.every(isSound)) throw exchangeProblem('request-invalid')
  if (attachments.some(({ length }) => length > bytes)) throw exchangeProblem('attachment-too-long')
  const wanted = attachments.map(({ id, length, digest, mediaType, name }) => ({
    sentAs: id,
    length,
    expected: Buffer.from(digest, 'hex'),
    describe: (key: string) => sealDescription(sealer, key, { mediaType, name }),
  }))
  const here = await announceAttachments(pool, about, wanted, underWay)
  if (!here) throw exchangeProblem('attachments-full')
  for (const one of here) {
    // Of no bytes at all, or all here when a gateway ended before it looked at the whole.
    if (one.received === one.length && !one.digest) await hold(ground, one)
  }
  return here.map(({ id, sentAs, received }) => ({ id: sentAs ?? '', key: id, received }))
}

/** Keeps one piece, whole, where what is here ends; and holds the whole against its sender's word when it was the last. */
async function taken(
  ground: GatewayGround,
  { id, length, received, expected, digest }: Attachment,
  from: number,
  piece: Buffer,
): Promise<number> {
  if (from !== received || from % pieceBytes !== 0) throw offsetConflict(received)
  if (piece.length !== Math.min(pieceBytes, length - from)) throw exchangeProblem('attachment-too-long')
  const { pool, sealer } = ground
  const { number } = placeOf(from)
  const to = from + piece.length
  if (piece.length > 0) {
    const content = sealPiece(sealer, id, number, piece)
    if (!(await keepPiece(pool, { id, from, to, number, content }))) throw offsetConflict(received)
  }
  if (to === length && !digest) await hold(ground, { id, length, expected })
  return to
}

async function hold(
  ground: GatewayGround,
  { id, length, expected }: Pick<Attachment, 'id' | 'length' | 'expected'>,
): Promise<void> {
  const digest = await digestOf(ground, id, length)
  if (!expected?.equals(digest)) {
    await forgetPieces(ground.pool, id)
    throw exchangeProblem('attachment-checksum-mismatch')
  }
  await completeAttachment(ground.pool, id, digest)
}

function offsetConflict(offset: number) {
  return exchangeProblem('attachment-offset-conflict', { extensions: { offset } })
}
