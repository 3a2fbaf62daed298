import type { JsonValue } from '@sapan/casework'
import type { Logger } from '@sapan/kernel'
import { BANK_MEMBER, serviceDocument } from '@sapan/sandbox'
import type { IdentityFile } from '../config/identity.ts'
import { gatewayEdge } from '../identity/gateway-edge.ts'
import { grantedServices, publishedDescriptions } from '../services/descriptions.ts'
import type { Description } from '../services/references.ts'

/** Where the money of the sandbox's agencies lies. */
export const bankSubsystem = `${BANK_MEMBER}/account`

/** The OpenAPI document of a register of the sandbox: `TH/GOV/DOPA/population/person-v1`. Undefined where there is none. */
export function describedService(service: string): JsonValue | undefined {
  const name = service.split('/').at(-1) ?? ''
  if (!/^[a-z0-9-]+$/.test(name)) return undefined
  try {
    return JSON.parse(JSON.stringify(serviceDocument(name)))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

export interface OfferedHere {
  readonly file: Pick<IdentityFile, 'gateway'>
  /** Where what agencies said is kept. */
  readonly folder: string
  readonly log: Logger
  /** Fulfilled when the gateways of the home have joined. */
  readonly joined: Promise<unknown>
}

/** What the sandbox's registers say of their services; of services that somebody added to a running home, what their gateways say. */
export async function homeDescriptions({ file, folder, log, joined }: OfferedHere): Promise<Description> {
  const added = grantedServices().filter((service) => describedService(service) === undefined)
  if (added.length === 0) return describedService
  await joined
  const edge = gatewayEdge(file.gateway)
  try {
    const published = await publishedDescriptions(edge, folder, log, added)
    return (service) => describedService(service) ?? published(service)
  } finally {
    edge.close()
  }
}
