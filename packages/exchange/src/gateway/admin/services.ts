import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { parseSubsystem } from '../../identifier.ts'
import { exchangeProblem } from '../../problems.ts'
import { readServiceDescription } from '../../service/description.ts'
import type { LoadedService } from '../provided-services.ts'
import type { PublishedService } from '../publisher.ts'
import { descriptionHash } from '../store/services.ts'
import { callerOf } from './authorise.ts'
import type { AdminContext } from './context.ts'

const NewService = Type.Object(
  {
    subsystem: Type.String(),
    /** Needed where the description has no `x-sapan-code`. */
    code: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9-]{0,40}-v[0-9]{1,4}$' })),
    openapi: Type.Object({}),
    url: Type.String({ pattern: '^https?://' }),
    timeoutMs: Type.Optional(Type.Integer({ minimum: 1, maximum: 600_000 })),
    evidence: Type.Optional(Type.Union([Type.Literal('full'), Type.Literal('digest')])),
  },
  { additionalProperties: false },
)

/** The services that this gateway provides: their description, and where the agency's own system answers. */
export function serviceRoutes(app: FastifyInstance, context: AdminContext): void {
  const { ground, publisher } = context

  app.get('/v1/services', { config: { needs: 'look' } }, async (request) => {
    const caller = callerOf(request)
    return {
      services: ground.services
        .list()
        .filter(({ member }) => caller.may(member))
        .map(shown),
    }
  })

  app.get('/v1/services/:id/openapi', { config: { needs: 'look' } }, async (request) => {
    const { id } = request.params as { id: string }
    const service = ground.services.get(id)
    if (!service || !callerOf(request).may(service.member)) throw exchangeProblem('service-unknown')
    return service.openapi
  })

  app.post(
    '/v1/services',
    { schema: { body: NewService }, bodyLimit: 4 * 1024 * 1024, config: { needs: 'change' } },
    async (request, reply) => {
      const wanted = request.body as Static<typeof NewService>
      const { subsystem, member } = parseSubsystem(wanted.subsystem)
      const caller = callerOf(request)
      const hosted = caller.may(member) && ground.signers.hosts(member)
      if (!hosted || !ground.directory.current().hasSubsystem(subsystem)) {
        throw exchangeProblem('client-unknown', { extensions: { subsystem } })
      }
      ground.signers.checkStays(member)
      const url = normalised(wanted.url)
      caller.checkOrigin(url)
      const openapiHash = hashOf(wanted.openapi)
      const saved = await ground.services.save({
        id: `${subsystem}/${wanted.code ?? codeOf(wanted.openapi)}`,
        member,
        openapi: wanted.openapi,
        openapiHash,
        url,
        timeoutMs: wanted.timeoutMs ?? ground.settings.timeouts.provider * 1000,
        evidence: wanted.evidence ?? ground.settings.evidence.body,
      })
      await publisher.services(member, { register: [published(saved)], withdraw: [] })
      await ground.directory.refresh()
      return reply.code(201).send(shown(saved))
    },
  )

  app.delete('/v1/services/:id', { config: { needs: 'change' } }, async (request, reply) => {
    const { id } = request.params as { id: string }
    const service = ground.services.get(id)
    if (!service || !callerOf(request).may(service.member)) throw exchangeProblem('service-unknown')
    ground.signers.checkStays(service.member)
    await ground.services.remove(id)
    await publisher.services(service.member, { register: [], withdraw: [id] })
    await ground.directory.refresh()
    return reply.code(204).send()
  })
}

/** `person-v1` from the description's own code and version. */
function codeOf(openapi: unknown): string {
  const { code, version } = readServiceDescription(openapi)
  if (code === null) {
    throw exchangeProblem('request-invalid', {
      detail: {
        th: 'ระบุ code เช่น person-v1 หรือใส่ x-sapan-code ใน info ของ OpenAPI',
        en: 'Name a code such as person-v1, or put x-sapan-code into the description’s info',
      },
    })
  }
  return `${code}-${version}`
}

/** The origin as undici sees it, and a base path without its last slash. */
function normalised(url: string): string {
  const { origin, pathname, search, hash, username } = parsed(url)
  if (search !== '' || hash !== '' || username !== '') throw notAnAddress()
  return `${origin}${pathname === '/' ? '' : pathname.replace(/\/$/, '')}`
}

/** A document may be nested more deeply than any description is. */
function hashOf(openapi: unknown): string {
  try {
    return descriptionHash(openapi)
  } catch (cause) {
    throw exchangeProblem('service-description-invalid', { cause })
  }
}

function parsed(url: string): URL {
  try {
    return new URL(url)
  } catch {
    throw notAnAddress()
  }
}

function notAnAddress() {
  return exchangeProblem('request-invalid', {
    detail: {
      th: 'url ต้องเป็นที่อยู่ http หรือ https และเส้นทาง ไม่มีคิวรีหรือรหัสผ่าน',
      en: 'url must be an http or https origin and a path, without query or password',
    },
  })
}

function published({ id, description, openapiHash }: LoadedService): PublishedService {
  return { id, title: description.title, personal: description.personal, openapi: openapiHash }
}

function shown({ id, member, url, timeoutMs, evidence, openapiHash, description }: LoadedService) {
  return {
    id,
    member,
    title: description.title,
    personal: description.personal,
    url,
    timeoutMs,
    evidence,
    openapi: openapiHash,
    operations: description.operations.map((operation) => ({
      id: operation.id,
      method: operation.method,
      path: operation.template,
      summary: operation.summary,
      fields: operation.fields,
      query: operation.queryParameters,
    })),
  }
}
