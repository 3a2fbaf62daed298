/** What proofing in person asks of officers: appointments that hold at a time. */
export interface CounterOfficers {
  appointmentsOf(
    account: string,
    at: number,
  ): Promise<readonly { readonly id: string; readonly agency: string; readonly duties: readonly string[] }[]>
}

/** An officer at a counter, as the desk knows them. */
export interface CounterOfficer {
  readonly account: string
  readonly appointment: string
}
