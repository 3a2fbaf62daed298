import { Problem } from '@sapan/kernel'
import type { AskAs } from '@sapan/services'
import type { IdentityFile } from '../config/identity.ts'
import { askAgency } from '../identity/ask-agency.ts'
import { type GatewayEdge, gatewayEdge } from '../identity/gateway-edge.ts'
import { problems } from '../problems.ts'

export interface AgencyEdges {
  readonly ask: AskAs
  close(): void
}

/**
 * Asks as the subsystems of the agencies whose services the operator runs, each through its agency's own gateway. Throws
 * `agency-not-hosted` for a subsystem of another agency.
 */
export function agencyEdges({ agencies }: Pick<IdentityFile, 'agencies'>): AgencyEdges {
  const edges = new Map<string, GatewayEdge>()
  const edgeOf = (consumer: string) => {
    const member = consumer.split('/').slice(0, 3).join('/')
    const agency = agencies.find((one) => one.member === member)
    if (agency === undefined) throw new Problem(problems['agency-not-hosted'])
    const known = edges.get(consumer) ?? gatewayEdge({ edge: agency.edge, subsystem: consumer })
    edges.set(consumer, known)
    return known
  }
  return {
    ask: async ({ consumer, ...question }) => await askAgency(edgeOf(consumer))(question),
    close: () => {
      for (const edge of edges.values()) edge.close()
    },
  }
}
