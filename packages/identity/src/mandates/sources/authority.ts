import type { Text } from '@sapan/kernel'
import type { ScopeUse } from '../mandate.ts'
import type { SigningCondition } from '../signing.ts'

/** What a register says now of who acts for a company or a child. */
export interface Authority {
  readonly source: 'company' | 'child'
  /** The number of the company or the child. */
  readonly number: string
  readonly name: Text
  /** Those who hold it: directors, or the parents who live. */
  readonly members: readonly { readonly number: string; readonly name: Text }[]
  readonly condition: SigningCondition
  /** The condition as the register words it. */
  readonly words?: Text
  /** Kinds of acts, as the one may do them who was asked about. */
  readonly scopes: readonly ScopeUse[]
  /** Milliseconds since 1970. */
  readonly till?: number
}

/** A ground on which the registers let one person act for another. */
export interface AuthoritySource {
  /** All that someone holds. Throws `mandate-register-silent`. */
  of(holder: string, named: readonly string[]): Promise<readonly Authority[]>
  /** One of them; undefined where the register does not have it (any more). `now`: however lately it was asked. */
  one(holder: string, number: string, now?: boolean): Promise<Authority | undefined>
}
