/** An officer who settles what differs, of the agency whose money it is. */
export interface PaymentsOfficer {
  readonly account: string
  /** The member: `TH/GOV/RD`. */
  readonly agency: string
}
