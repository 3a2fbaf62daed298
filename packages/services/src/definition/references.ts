import type { JsonValue } from '@sapan/casework'
import type { Text } from '@sapan/kernel'
import type { Waits } from './workflow.ts'

/** What definitions name, and what must therefore be there. All codes as the country's data have them. */
export interface References {
  readonly members: readonly ReferencedMember[]
  readonly purposes: ReadonlySet<string>
  readonly laws: ReadonlySet<string>
  readonly duties: ReadonlySet<string>
  readonly scopes: ReadonlySet<string>
  /** Codes of the levels of identity and of authentication. */
  readonly ial: ReadonlySet<string>
  readonly aal: ReadonlySet<string>
  /** Absent: any code is taken. */
  readonly lifeEvents?: ReadonlySet<string>
  /** Services that are only listed, by their names: what is given here is not also listed as given elsewhere. Absent: none. */
  readonly listed?: ReadonlySet<string>
  /** `person:birthDate`, with its name. */
  readonly terms: ReadonlyMap<string, Text>
  readonly grants: readonly ReferencedGrant[]
  /** OpenAPI 3.1 documents of the agencies' services, without references outward: `TH/GOV/DOPA/population/person-v1`. */
  readonly services: ReadonlyMap<string, JsonValue>
  /** What holds where a workflow says nothing of its own. */
  readonly waits: Waits
  readonly templates: ReadonlyMap<string, ReferencedTemplate>
  /** With which agencies give money back. Absent: no bank is known, and nobody's grant for it is asked about. */
  readonly transfers?: ReferencedOperation
}

/** An operation of a member's service. */
export interface ReferencedOperation {
  /** `TH/COM/0107540990014/account/payment-v1` */
  readonly service: string
  /** `orderTransfer` */
  readonly operation: string
}

export interface ReferencedMember {
  /** `RD` */
  readonly short: string
  /** `TH/GOV/RD` */
  readonly id: string
  readonly subsystems: readonly { readonly code: string }[]
}

/** What one subsystem may ask of a service for a purpose. */
export interface ReferencedGrant {
  readonly consumer: string
  readonly service: string
  readonly purpose: string
  readonly operations: Readonly<
    Record<string, { readonly fields: readonly string[]; readonly query: readonly string[] }>
  >
}

/** A template of documents: its JSON Schema. */
export interface ReferencedTemplate {
  readonly schema: object
}
