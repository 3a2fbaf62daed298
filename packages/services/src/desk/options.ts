import type { CaseSeen, Cases, Officer } from '@sapan/casework'
import type { Need, Visitor } from '@sapan/identity'
import type { Clock, Language, Text, WorkingDays } from '@sapan/kernel'
import type { Application } from '../application/application.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { WaitingEffect } from '../effects/waiting.ts'
import type { Places } from '../form/places.ts'
import type { Country } from '../form/reading.ts'
import type { Definitions } from '../ground.ts'
import type { AskedAgain } from '../prefill/again.ts'

/** What the officers' pages of cases stand on. */
export interface DeskCasesOptions {
  readonly cases: Cases
  readonly definitions: Definitions
  readonly days: WorkingDays
  readonly clock: Clock
  /** Of officers, in the language where the name is known in it. */
  readonly nameOf: (account: string, language: Language) => Promise<string | undefined>
  readonly dutyName: (duty: string) => Text
  readonly memberName: (member: string) => Text | undefined
  readonly lawName: (code: string) => Text | undefined
  /** The officer whom the visitor is; the face lets nobody else in, by `needs`. */
  readonly officerOf: (who: Visitor) => Officer
  readonly needs: Need
  /** Asks the registers anew, as the officer, and says what differs from what was handed in. */
  readonly askAgain: (
    definition: ServiceDefinition,
    application: Application,
    by: { readonly who: Visitor; readonly case: string },
  ) => Promise<AskedAgain>
  /** Satang that the agency has of whoever applied, in this case. */
  readonly paidFor: (caseId: string) => Promise<number>
  /** Registers for which the carrying out of a case's decision waits. */
  readonly waitingFor: (caseId: string) => Promise<readonly WaitingEffect[]>
  /** The content of a file that was handed in; undefined where there is none. */
  readonly fileOf: (application: Application, file: string) => Promise<Uint8Array | undefined>
  readonly places: Places
  readonly countries?: readonly Country[]
  /** What is to be signed for a case, with the officer's own key; absent where the operator has no authority. */
  readonly signing?: DeskSigning
}

/** A document of a decision that an officer signs. */
export interface DeskOutput {
  readonly output: string
  readonly name: Text
  /** Whether this officer has signed it already. */
  readonly isSigned: boolean
}

/** How officers sign what a decision brings. */
export interface DeskSigning {
  /** The documents of the decision that await signatures. */
  outputs(caseId: string, officer: Officer): Promise<readonly DeskOutput[]>
  /** The document as it will be signed, to be read before. Throws `case-not-found`. */
  preview(officer: Officer, caseId: string, output: string): Promise<Uint8Array>
  /**
   * Prepares a document and gives where the officer confirms; after it they come back to the case. Throws what
   * `DocumentSigning.begin` does.
   */
  begin(
    who: Visitor,
    about: { readonly case: CaseSeen; readonly output: string; readonly language: 'th' | 'en' },
  ): Promise<string>
  /** Takes what the officer has signed into the case; true where nothing more of theirs is awaited. */
  take(who: Visitor, caseId: string): Promise<boolean>
}
