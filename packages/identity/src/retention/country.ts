/** Days for which is kept what is needed for a while only, as the country has it. */
export interface RetentionCountry {
  /** Questions to registers by which somebody could guess. */
  readonly proofingAttempts: number
  /** Visits to counters, with the codes that were given there. */
  readonly counterVisits: number
  /** Devices that were not used: known ones no more. */
  readonly devices: number
  /** Places of sign-in sessions in status lists; longer than a session lasts. */
  readonly sessions: number
}
