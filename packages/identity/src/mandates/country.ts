import type { Text } from '@sapan/kernel'

/** A kind of act that one does for another. A part that is absent: nobody does it on that ground. */
export interface MandateScope {
  readonly code: string
  readonly name: Text
  readonly about: Text
  /** `binds`: the company's signing condition must be met; other acts any director does alone. */
  readonly company?: { readonly binds: boolean }
  /** Whether one parent is enough, and up to which age of the child parents act. */
  readonly child?: { readonly approval: 'one' | 'all'; readonly till: 'majority' | 'ownConsent' }
  /** For how many days one person may give it to another, and whether a limit in baht can be set. */
  readonly person?: { readonly longestDays: number; readonly amount?: boolean }
  /** For what data of agencies may be asked in such an act. */
  readonly purposes: readonly string[]
  /** Under which kind of act registers are asked before it, by one who cannot do it without others or the seal. */
  readonly preparedAs?: string
  /** Whether a helper at a counter may do it. */
  readonly helper: boolean
}

/** A register that says who may act, by whom it is asked and for how long an answer counts as now. */
export interface MandateRegister {
  readonly service: string
  readonly purpose: string
  readonly name: Text
  readonly freshSeconds: number
}

/** What the country pack says of acting for others. */
export interface MandatesCountry {
  readonly timeZone: string
  /** Month and day of a birthday on 29 February, in years that have none. */
  readonly leapDayBirthday: string
  readonly registers: {
    /** `states`: of companies whose directors act. */
    readonly company: MandateRegister & { readonly states: readonly string[] }
    readonly population: MandateRegister
  }
  readonly child: { readonly majority: number; readonly ownConsent: number; readonly namedPerDay: number }
  readonly given: { readonly longestDays: number; readonly offerDays: number; readonly perDay: number }
  readonly asked: { readonly answerDays: number; readonly perDay: number }
  readonly codeTriesPerHour: number
  /** For how many days a joint act waits, and can then be used; how fresh a confirmer's own authentication is. */
  readonly joint: { readonly days: number; readonly useDays: number; readonly freshSeconds: number }
  readonly helper: {
    readonly duty: string
    readonly minutes: number
    readonly answerMinutes: number
    readonly perHour: number
  }
  /** How lately a person has proved themselves who gives a mandate. */
  readonly confirmation: { readonly freshSeconds: number }
  readonly scopes: readonly MandateScope[]
}
