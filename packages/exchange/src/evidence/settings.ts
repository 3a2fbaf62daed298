/** How evidence paces itself. Milliseconds. */
export interface EvidenceSettings {
  /** How soon after a record its log is taken further. */
  readonly sequenceAfter: number
  /** How often to look for records of other gateways, and to keep the lease. */
  readonly lookEvery: number
  /** How long a sequencer that says nothing keeps its lease. */
  readonly lease: number
  /** At most one time-stamp in this time, exports apart. */
  readonly stampEvery: number
  /** How long an export waits for checkpoint, witness and stamp. */
  readonly flushWithin: number
  /** How long one call to a witness or time-stamp authority may take. */
  readonly callWithin: number
  /** How long one commit may take before the database counts as down. */
  readonly commitWithin: number
  /** How long an exchange may be one-sided before it is settled. */
  readonly settleAfter: number
  /** How far back one-sided exchanges are looked for. */
  readonly settleWindow: number
}

export const defaultSettings: EvidenceSettings = {
  sequenceAfter: 700,
  lookEvery: 1_000,
  lease: 6_000,
  stampEvery: 60_000,
  flushWithin: 3_000,
  callWithin: 2_500,
  commitWithin: 10_000,
  settleAfter: 60_000,
  settleWindow: 7 * 24 * 3_600_000,
}
