import { join } from 'node:path'
import type { JsonValue } from '@sapan/casework'
import type { Logger } from '@sapan/kernel'
import { loadCountry } from '@sapan/thailand'
import { readIfThere, writeWhole } from '../home/files.ts'
import { type GatewayEdge, jsonOf } from '../identity/gateway-edge.ts'
import { isRecord } from '../terminal/values.ts'
import type { Description } from './references.ts'

/** The services that the country's grants name. Throws `country-data-invalid`. */
export function grantedServices(): readonly string[] {
  return [...new Set(loadCountry().grants.map(({ service }) => service))]
}

/**
 * What agencies say of these services, by default of all that the country's grants name, through the operator's own gateway (X-Road's
 * `getOpenAPI`), which believes only what was published. Each is kept in a folder; where a gateway does not answer, what was
 * kept is taken. What was never had is undefined.
 */
export async function publishedDescriptions(
  edge: GatewayEdge,
  folder: string,
  log: Logger,
  named: readonly string[] = grantedServices(),
): Promise<Description> {
  const had = await Promise.all(
    named.map(async (service) => [service, await describedOrKept(edge, folder, service, log)] as const),
  )
  const known = new Map(had)
  return (service) => known.get(service)
}

async function describedOrKept(
  edge: GatewayEdge,
  folder: string,
  service: string,
  log: Logger,
): Promise<JsonValue | undefined> {
  const file = join(folder, `${service.replaceAll('/', '_')}.json`)
  const kept = await readIfThere(file)
  try {
    const text = JSON.stringify(await published(edge, service))
    if (text !== kept) await writeWhole(file, text)
    return JSON.parse(text)
  } catch (error) {
    log.warn({ err: error, service, isKept: kept !== undefined }, 'a description could not be had')
    return kept === undefined ? undefined : JSON.parse(kept)
  }
}

/** Throws what `GatewayEdge.send` throws, and `TypeError` for what is no document. */
async function published(edge: GatewayEdge, service: string): Promise<object> {
  const at = service.lastIndexOf('/')
  const code = encodeURIComponent(service.slice(at + 1))
  const target = `/r1/${service.slice(0, at)}/getOpenAPI?serviceCode=${code}`
  const document = jsonOf(await edge.send({ method: 'GET', target }))
  if (!isRecord(document) || !isRecord(document.paths)) throw new TypeError('no OpenAPI document')
  return document
}
