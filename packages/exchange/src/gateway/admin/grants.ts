import { uuidv7 } from '@sapan/kernel'
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Question } from '../../answers/question.ts'
import { grantHash, readGrant, signGrant } from '../../grant/grant.ts'
import { memberOf } from '../../identifier.ts'
import { exchangeProblem } from '../../problems.ts'
import { actorKinds } from '../../tokens/actor-token.ts'
import type { LoadedService } from '../provided-services.ts'
import { callerOf } from './authorise.ts'
import type { AdminContext } from './context.ts'

const Text = Type.Object({ th: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) })

const NewGrant = Type.Object(
  {
    consumer: Type.String(),
    service: Type.String(),
    operations: Type.Record(
      Type.String(),
      Type.Object(
        {
          fields: Type.Array(Type.String()),
          query: Type.Array(Type.String()),
          headers: Type.Optional(Type.Array(Type.String())),
        },
        { additionalProperties: false },
      ),
    ),
    purpose: Type.String(),
    law: Type.Object({ act: Text, section: Type.String({ minLength: 1 }) }),
    rate: Type.Optional(
      Type.Union([
        Type.Null(),
        Type.Object({ calls: Type.Integer({ minimum: 1 }), seconds: Type.Integer({ minimum: 1 }) }),
      ]),
    ),
    notBefore: Type.Optional(Type.String()),
    expires: Type.String(),
    consent: Type.Optional(Type.Boolean()),
    withheldUntil: Type.Optional(Type.String()),
    actor: Type.Optional(Type.Enum([...actorKinds])),
  },
  { additionalProperties: false },
)
type NewGrant = Static<typeof NewGrant>

/** The grants that members of this gateway have given, and those that they hold. */
export function grantRoutes(app: FastifyInstance, context: AdminContext): void {
  const { ground, publisher } = context

  app.get('/v1/grants', { config: { needs: 'look' } }, async (request) => {
    const caller = callerOf(request)
    const issued = ground.issuedGrants.list().filter(({ grant }) => caller.may(grant.provider))
    const held = ground.heldGrants.list().filter(({ grant }) => caller.may(memberOf(grant.consumer)))
    const view = ground.directory.current()
    return {
      issued: issued.map(({ hash, grant }) => ({ hash, grant })),
      held: held.map(({ hash, grant }) => ({ hash, grant, published: view.hasGrant(grant.provider, hash) })),
    }
  })

  const giving = { schema: { body: NewGrant }, config: { needs: 'change' } } as const
  app.post('/v1/grants', giving, async (request, reply) => {
    const wanted = request.body as NewGrant
    const service = ground.services.get(wanted.service)
    if (!service || !callerOf(request).may(service.member)) throw exchangeProblem('service-unknown')
    ground.signers.checkStays(service.member)
    checkAgainstDescription(wanted, service)
    const { signer, certificate, chain } = ground.signers.of(service.member)
    const jws = signGrant(
      {
        id: uuidv7(ground.clock()),
        provider: service.member,
        ...wanted,
        rate: wanted.rate ?? null,
        notBefore: wanted.notBefore ?? new Date(ground.clock()).toISOString(),
        consent: wanted.consent ?? false,
      },
      { signer, chain: [certificate, ...chain] },
    )
    const issued = { hash: grantHash(jws), jws, grant: readGrant(jws).grant }
    await ground.issuedGrants.add(issued)
    await ground.evidence.keepGrant(jws)
    await publisher.grants(service.member, { publish: [issued.hash], withdraw: [] })
    await ground.directory.refresh()
    return reply.code(201).send(issued)
  })

  app.delete('/v1/grants/:hash', { config: { needs: 'change' } }, async (request, reply) => {
    const { hash } = request.params as { hash: string }
    const issued = ground.issuedGrants.get(hash)
    if (!issued || !callerOf(request).may(issued.grant.provider)) throw exchangeProblem('resource-unknown')
    ground.signers.checkStays(issued.grant.provider)
    if (!(await ground.issuedGrants.withdraw(hash))) throw exchangeProblem('resource-unknown')
    await publisher.grants(issued.grant.provider, { publish: [], withdraw: [hash] })
    await ground.directory.refresh()
    return reply.code(204).send()
  })
}

/** A grant may name only what the service has: a misspelt field would silently grant nothing. */
function checkAgainstDescription(wanted: NewGrant, { description }: LoadedService): void {
  for (const [id, granted] of Object.entries(wanted.operations)) {
    const operation = description.operations.find((known) => known.id === id)
    if (!operation) throw notThere('operation', id)
    for (const field of granted.fields) {
      const known =
        field === '*' || operation.fields.some((leaf) => leaf === field || leaf.startsWith(`${field}.`))
      if (!known) throw notThere('field', field)
    }
    for (const name of granted.query) {
      if (!operation.queryParameters.includes(name)) throw notThere('query parameter', name)
    }
    if (operation.question !== null) checkAnswerable(id, granted, operation.question)
  }
}

/** A question without its answer, or without what is to be asked, could be asked by nobody. */
function checkAnswerable(
  id: string,
  { fields, query }: NewGrant['operations'][string],
  { asked }: Question,
): void {
  const missing = [
    ...['answer', 'expression'].filter((name) => !fields.includes(name) && !fields.includes('*')),
    ...[...asked.keys()].filter((name) => !query.includes(name)),
  ]
  if (missing.length === 0) return
  const named = missing.join(', ')
  throw exchangeProblem('request-invalid', {
    detail: {
      th: `${id} เป็นคำถาม สิทธิต้องมี ${named} ด้วย มิฉะนั้นไม่มีใครใช้ได้`,
      en: `${id} is a question: without ${named} nobody could use the grant`,
    },
  })
}

function notThere(what: string, name: string) {
  return exchangeProblem('request-invalid', {
    detail: {
      th: `คำอธิบายบริการไม่มี ${what} ชื่อ ${name}`,
      en: `The service’s description has no ${what} named ${name}`,
    },
  })
}
