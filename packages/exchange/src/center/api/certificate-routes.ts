import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import type { CenterGround } from '../ground.ts'
import { revocationReasons, revoke } from '../revoke.ts'
import { type CertificateRow, listCertificates } from '../store/certificates.ts'
import { actorOf } from './admin-app.ts'

const querySchema = Type.Object(
  { holder: Type.Optional(Type.String({ maxLength: 300 })) },
  { additionalProperties: false },
)
const revokeParameters = Type.Object({ fingerprint: Type.String({ pattern: '^[0-9a-f]{64}$' }) })
const revokeBody = Type.Object(
  { reason: Type.Union(revocationReasons.map((reason) => Type.Literal(reason))) },
  { additionalProperties: false },
)

/** Certificates that the center issued, and their revocation. */
export function certificateRoutes(app: FastifyInstance, ground: CenterGround): void {
  app.get<{ Querystring: Static<typeof querySchema> }>(
    '/v1/certificates',
    { schema: { querystring: querySchema } },
    async (request) => {
      const { holder } = request.query
      const rows = await listCertificates(ground.pool, { limit: 1000, ...(holder ? { holder } : {}) })
      return { certificates: rows.map(describe) }
    },
  )

  app.post<{ Params: Static<typeof revokeParameters>; Body: Static<typeof revokeBody> }>(
    '/v1/certificates/:fingerprint/revoke',
    { schema: { params: revokeParameters, body: revokeBody } },
    async (request) => {
      await revoke(ground, actorOf(request), request.params.fingerprint, request.body.reason)
      return { fingerprint: request.params.fingerprint, revoked: true }
    },
  )
}

function describe(row: CertificateRow) {
  return {
    fingerprint: row.fingerprint,
    use: row.use,
    holder: row.holder,
    gateway: row.gateway,
    certificate: row.der.toString('base64'),
    notBefore: new Date(row.notBefore).toISOString(),
    notAfter: new Date(row.notAfter).toISOString(),
    issuedAt: new Date(row.issuedAt).toISOString(),
    retiredAt: row.retiredAt === null ? null : new Date(row.retiredAt).toISOString(),
    revoked:
      row.revokedAt === null
        ? null
        : { at: new Date(row.revokedAt).toISOString(), reason: row.revokedReason },
  }
}
