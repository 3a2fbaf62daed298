import { createHash, randomUUID, X509Certificate } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { memberOf, parseSubsystem } from '../../identifier.ts'
import { exchangeProblem } from '../../problems.ts'
import { newClientSecret } from '../edge/oauth-token.ts'
import {
  type Credential,
  deleteCredential,
  findCredential,
  listCredentials,
  saveCredential,
} from '../store/credentials.ts'
import { callerOf } from './authorise.ts'
import type { AdminCaller } from './caller.ts'
import type { AdminContext } from './context.ts'

const NewCredential = Type.Object(
  {
    kind: Type.Union([Type.Literal('certificate'), Type.Literal('oauth')]),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    subsystems: Type.Array(Type.String(), { minItems: 1 }),
    /** PEM, for the kind `certificate`. */
    certificate: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)

/** What an agency's own systems show at the edge, and the subsystems that each may speak for. */
export function credentialRoutes(app: FastifyInstance, { ground, credentials }: AdminContext): void {
  app.get('/v1/credentials', { config: { needs: 'look' } }, async (request) => {
    const caller = callerOf(request)
    const all = await listCredentials(ground.pool)
    return { credentials: all.filter((credential) => isTheirs(caller, credential)) }
  })

  const making = { schema: { body: NewCredential }, config: { needs: 'change' } } as const
  app.post('/v1/credentials', making, async (request, reply) => {
    const wanted = request.body as Static<typeof NewCredential>
    for (const subsystem of wanted.subsystems) {
      const { member } = parseSubsystem(subsystem)
      if (!ground.signers.hosts(member) || !callerOf(request).may(member)) {
        throw exchangeProblem('client-unknown', { extensions: { subsystem } })
      }
      ground.signers.checkStays(member)
    }
    const credential = {
      id: randomUUID(),
      kind: wanted.kind,
      name: wanted.name,
      subsystems: wanted.subsystems,
    }
    if (wanted.kind === 'certificate') {
      await saveCredential(ground.pool, credential, certificateFingerprint(wanted.certificate ?? ''))
      credentials.forget()
      return reply.code(201).send(credential)
    }
    const { secret, secretHash } = await newClientSecret()
    await saveCredential(ground.pool, credential, secretHash)
    // Told once: only its hash is kept.
    return reply.code(201).send({ ...credential, secret })
  })

  app.delete('/v1/credentials/:id', { config: { needs: 'change' } }, async (request, reply) => {
    const { id } = request.params as { id: string }
    const credential = await findCredential(ground.pool, id)
    if (!credential || !isTheirs(callerOf(request), credential)) throw exchangeProblem('resource-unknown')
    for (const subsystem of credential.subsystems) ground.signers.checkStays(memberOf(subsystem))
    if (!(await deleteCredential(ground.pool, id))) throw exchangeProblem('resource-unknown')
    credentials.forget()
    return reply.code(204).send()
  })
}

/** A credential that also speaks for another's subsystem is not theirs. */
function isTheirs(caller: AdminCaller, { subsystems }: Credential): boolean {
  return subsystems.every((subsystem) => caller.may(memberOf(subsystem)))
}

function certificateFingerprint(pem: string): string {
  try {
    return createHash('sha256').update(new X509Certificate(pem).raw).digest('hex')
  } catch (error) {
    throw exchangeProblem('request-invalid', {
      detail: { th: 'certificate ต้องเป็นใบรับรองแบบ PEM', en: 'certificate must be a certificate in PEM' },
      cause: error,
    })
  }
}
