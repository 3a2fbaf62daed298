/** A question to another agency's service, through the gateway of whoever runs identity. */
export interface AgencyQuestion {
  /** `TH/GOV/DOPA/population/person-v1` */
  readonly service: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** What follows the service's code, with its slash. Personal data may stand here: it is never logged. */
  readonly path: string
  readonly purpose: string
  readonly body?: unknown
  /** Of what changes something (`Idempotency-Key`): the same again is done once. */
  readonly idempotencyKey?: string
  /** A consent receipt, and a token that says who acts: compact JWS. */
  readonly consent?: string
  readonly actor?: string
  /** The number of the case for which a system asks (`X-Road-Issue`); an actor's token names it itself. */
  readonly issue?: string
}

export interface AgencyAnswer {
  readonly status: number
  readonly body: unknown
  /** The exchange's number, by which its evidence is found. */
  readonly exchange: string
}

/** Throws a `Problem` where the gateway or the other agency cannot be reached or refuses. */
export type AskAgency = (question: AgencyQuestion) => Promise<AgencyAnswer>
