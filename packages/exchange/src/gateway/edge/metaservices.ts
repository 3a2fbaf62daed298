import type { Text } from '@sapan/kernel'
import type { DirectoryView } from '../../directory/view.ts'
import { parseService, parseSubsystem } from '../../identifier.ts'
import { exchangeProblem } from '../../problems.ts'
import type { Operation, ServiceDescription } from '../../service/description.ts'
import type { GatewayGround } from '../ground.ts'

/** An identifier in the shape of X-Road's metadata services (X-Road: Service Metadata Protocol for REST). */
interface XroadIdentifier {
  readonly object_type: 'SUBSYSTEM' | 'SERVICE'
  readonly xroad_instance: string
  readonly member_class: string
  readonly member_code: string
  readonly subsystem_code: string
  readonly service_code?: string
}

interface XroadService extends XroadIdentifier {
  readonly service_type: 'OPENAPI'
  readonly endpoint_list: readonly { readonly method: string; readonly path: string }[]
}

/** `listClients`: every subsystem that there is. */
export function listClients(view: DirectoryView) {
  const member = view.directory.members.flatMap(({ id, name, subsystems }) =>
    subsystems.map(({ code, name: subsystem }) => ({
      id: subsystemIdentifier(`${id}/${code}`),
      name: bothLanguages(name),
      subsystem_name: bothLanguages(subsystem),
    })),
  )
  return { member }
}

/** `listMethods`: the services of a subsystem and their operations. */
export async function listMethods(
  ground: GatewayGround,
  subsystem: string,
): Promise<{ service: XroadService[] }> {
  const services = await described(ground, subsystem)
  return {
    service: services.map(({ id, description }) => ({
      ...serviceIdentifier(id),
      service_type: 'OPENAPI',
      endpoint_list: description.operations.map(endpointOf),
    })),
  }
}

/** `allowedMethods`: as `listMethods`, but only what the client holds a live grant for. */
export async function allowedMethods(
  ground: GatewayGround,
  subsystem: string,
  client: string,
): Promise<{ service: XroadService[] }> {
  const view = ground.directory.current()
  const now = ground.clock()
  const { member } = parseSubsystem(subsystem)
  const all = await listMethods(ground, subsystem)
  const services = await described(ground, subsystem)
  const allowed = await Promise.all(
    services.map(async ({ id, description }) => {
      const held = await ground.heldGrants.inForce(view, member, client, id)
      const live = held.filter(
        ({ grant }) => Date.parse(grant.notBefore) <= now && now < Date.parse(grant.expires),
      )
      const operations = new Set(live.flatMap(({ grant }) => Object.keys(grant.operations)))
      return description.operations.filter((operation) => operations.has(operation.id))
    }),
  )
  return {
    service: all.service
      .map((service, index) => ({
        ...service,
        endpoint_list: (allowed[index] ?? []).map(endpointOf),
      }))
      .filter(({ endpoint_list }) => endpoint_list.length > 0),
  }
}

/** `getOpenAPI?serviceCode=`: the description that the provider has published. */
export async function getOpenApi(
  ground: GatewayGround,
  subsystem: string,
  serviceCode: string | null,
): Promise<unknown> {
  if (!serviceCode) {
    throw exchangeProblem('request-invalid', {
      detail: { th: 'ต้องระบุ serviceCode ในคิวรี', en: 'Name the service by ?serviceCode=' },
    })
  }
  const id = parseService(`${subsystem}/${serviceCode}`).service
  return (await ground.descriptions.of(ground.directory.current(), id)).openapi
}

async function described(
  ground: GatewayGround,
  subsystem: string,
): Promise<{ id: string; description: ServiceDescription }[]> {
  const view = ground.directory.current()
  if (!view.hasSubsystem(subsystem)) throw exchangeProblem('service-unknown')
  const services = view.directory.services.filter(({ id }) => id.startsWith(`${subsystem}/`))
  return Promise.all(
    services.map(async ({ id }) => ({
      id,
      description: (await ground.descriptions.of(view, id)).description,
    })),
  )
}

/** X-Road's endpoints have `*` where a parameter stands. */
function endpointOf({ method, template }: Operation): { method: string; path: string } {
  return { method, path: template.replace(/\{[^{}/]*\}/g, '*') }
}

function bothLanguages({ th, en }: Text): string {
  return `${th} · ${en}`
}

function subsystemIdentifier(id: string): XroadIdentifier {
  const { instance, class: memberClass, code, subsystemCode } = parseSubsystem(id)
  return {
    object_type: 'SUBSYSTEM',
    xroad_instance: instance,
    member_class: memberClass,
    member_code: code,
    subsystem_code: subsystemCode,
  }
}

function serviceIdentifier(id: string): XroadIdentifier {
  const { serviceCode, subsystem } = parseService(id)
  return { ...subsystemIdentifier(subsystem), object_type: 'SERVICE', service_code: serviceCode }
}
