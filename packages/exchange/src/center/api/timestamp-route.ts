import { createTimestampAuthority, type TimestampAuthority } from '@sapan/trust'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { exchangeProblem } from '../../problems.ts'
import type { CenterGround } from '../ground.ts'

/** A request has about 60 bytes; with a long nonce and a policy a few hundred. */
const bodyLimit = 4096

const query = 'application/timestamp-query'

/** `POST /tsa`: time-stamps over HTTP (RFC 3161 §3.4). A malformed request is answered by a rejection, as it says. */
export function timestampRoute(app: FastifyInstance, ground: CenterGround): void {
  app.addContentTypeParser(query, { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
    done(null, body),
  )
  const authority = createAuthority(ground)
  const options = { bodyLimit, schema: { body: Type.Unknown() }, config: { takes: query } }
  app.post<{ Body: unknown }>('/tsa', options, async (request, reply) => {
    if (!Buffer.isBuffer(request.body)) throw exchangeProblem('media-type-unsupported')
    const answer = await authority().respond(request.body)
    return reply.type('application/timestamp-reply').header('cache-control', 'no-store').send(answer)
  })
}

/** Made anew when the center has renewed its time-stamping certificate. */
function createAuthority(ground: CenterGround): () => TimestampAuthority {
  let made: { certificate: Buffer; authority: TimestampAuthority } | undefined
  return () => {
    const { signer, certificate } = ground.authority.own('timestamping')
    if (made?.certificate !== certificate) {
      const authority = createTimestampAuthority({
        signer,
        certificate,
        chain: ground.authority.chain,
        clock: ground.clock,
        policy: ground.config.timestampPolicy,
        nextSerial: () => nextSerial(ground),
      })
      made = { certificate, authority }
    }
    return made.authority
  }
}

/** From the database: never twice, whichever center stamps and whatever is restarted. */
async function nextSerial({ pool }: CenterGround): Promise<bigint> {
  const { rows } = await pool.query<{ serial: string }>("select nextval('center.stamp_serial') serial")
  const serial = rows[0]?.serial
  if (serial === undefined) throw exchangeProblem('center-fault')
  return BigInt(serial)
}
