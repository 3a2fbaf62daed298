import type { Text } from '@sapan/kernel'
import type { Clients } from '../../clients/clients.ts'
import type { ClaimsConsents } from '../../provider/consents.ts'
import type { ScopesCountry } from '../../provider/scopes.ts'

/** What the pages of claims told at sign-in need. */
export interface ClaimsConsentPagesOptions {
  readonly consents: Pick<ClaimsConsents, 'of' | 'withdraw'>
  readonly clients: Pick<Clients, 'find'>
  readonly scopes: ScopesCountry
  /** What a member is called. */
  readonly memberName: (member: string) => Text | undefined
}

/** Where one is seen and taken back; its id follows. */
export const claimsConsentsPath = '/me/consents/sign-in'
