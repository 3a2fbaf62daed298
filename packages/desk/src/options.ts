import type { Need, RelyingParty, Visitor } from '@sapan/identity'
import type { Logger, Text } from '@sapan/kernel'
import type { Phase, SiteLink, SiteRoute } from '@sapan/ui'

/** An appointment under which somebody may work. */
export interface DeskAppointment {
  readonly id: string
  readonly agency: string
  readonly agencyName: Text
  /** With its kind, as acting or substitute, where it is one. */
  readonly title: Text
  readonly duties: readonly string[]
}

/** One thing to do at the desk, by duty. `keys` opens it: `g` and then this letter. */
export interface DeskLink extends SiteLink<Need> {
  readonly about: Text
  readonly key?: string
}

export interface DeskOptions {
  /** `https://desk.example.go.th`, without a slash at the end. */
  readonly origin: string
  /** 32 random bytes that all processes of the desk share. */
  readonly cookieSecret: Uint8Array
  readonly relyingParty: RelyingParty
  /** The officer's appointments in force. */
  appointmentsOf(account: string): Promise<readonly DeskAppointment[]>
  /** How an agency is called; its id where it is not known. */
  agencyName?(agency: string): Text | undefined
  /** Of the rooms: tasks, proofing, officers, clients, access, signing. */
  readonly routes: readonly SiteRoute<Visitor, Need>[]
  /** The menu: shown to who has one of the duties that an entry needs. */
  readonly links: readonly DeskLink[]
  readonly log: Logger
  readonly phase?: Phase
  readonly proxies?: readonly string[]
}

/** The prefix of the desk's cookies; the relying party's are made with it too. */
export const deskCookies = 'sapan-desk'
