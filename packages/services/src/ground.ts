import type { Cases, Casework } from '@sapan/casework'
import type { DocumentBox } from '@sapan/documentbox'
import type { ReadyTemplate } from '@sapan/documents'
import type { AgencyAnswer, AgencyQuestion, Rooms } from '@sapan/identity'
import type { Clock, Jobs, Logger, Pool, Text, WorkingDays } from '@sapan/kernel'
import type { Notices } from '@sapan/notices'
import type { Payments } from '@sapan/payments'
import type { Sealer } from '@sapan/trust'
import type { PlaceNames } from './application/address-text.ts'
import type { ServiceDefinition } from './definition/definition.ts'

/** A question that one agency's subsystem asks, through the agency's own gateway. */
export interface SubsystemQuestion extends AgencyQuestion {
  /** Who asks: `TH/GOV/RD/efiling`. */
  readonly consumer: string
}

/** Throws a `Problem` where a gateway or the other agency cannot be reached or refuses. */
export type AskAs = (question: SubsystemQuestion) => Promise<AgencyAnswer>

/** Puts an agency's seal under a document. */
export interface AgencySeals {
  /** PAdES B-LT, as the operator's documents are signed. Throws `seal-missing` for an agency without one. */
  seal(agency: string, pdf: Uint8Array): Promise<Uint8Array>
}

/** The definitions that are in force, and those under which old cases run. */
export interface Definitions {
  /** The newest version of each service, in the order of their names. */
  current(): readonly ServiceDefinition[]
  /** The newest version; undefined where there is no such service. */
  find(service: string): ServiceDefinition | undefined
  version(service: string, version: number): ServiceDefinition | undefined
}

/** What every room of services stands on. */
export interface ServicesGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly days: WorkingDays
  /** `aad` is `<table>.<column> <row id>`. */
  readonly sealer: Sealer
  /** Of the keyed hashes of parties: companies, children. */
  readonly hashKey: Uint8Array
  readonly jobs: Jobs
  readonly definitions: Definitions
  readonly ask: AskAs
  readonly seals: AgencySeals
  readonly rooms: Pick<Rooms, 'accounts' | 'actorToken' | 'mandates' | 'officers' | 'history' | 'nameOf'>
  readonly casework: Casework
  readonly cases: Cases
  readonly payments: Payments
  readonly documentbox: DocumentBox
  readonly notices: Pick<Notices, 'send'>
  readonly memberName: (member: string) => Text | undefined
  readonly lawName: (code: string) => Text | undefined
  /** Of what data is asked for: `tax-assessment`. */
  readonly purposeName: (code: string) => Text | undefined
  /** The templates of documents with the country's words, by their names. */
  readonly templates: ReadonlyMap<string, ReadyTemplate>
  /** Names places on receipts; without it they have the codes under which they were answered. */
  readonly places?: PlaceNames
  /** The portal's origin, for links and QR codes. */
  readonly portal: string
}
