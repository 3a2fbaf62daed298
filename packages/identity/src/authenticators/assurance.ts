import type { Levels } from '../levels/level.ts'
import type { Authenticator } from './authenticator.ts'
import type { AuthenticationCountry, Factor } from './country.ts'

type Rules = Pick<AuthenticationCountry, 'combinations'>

/** The assurance level of factors that were proved together; undefined where the country accepts no such combination. */
export function aalOf(rules: Rules, levels: Levels, factors: readonly Factor[]): string | undefined {
  let best: string | undefined
  for (const { aal, factors: needed } of rules.combinations) {
    if (!needed.every((factor) => factors.includes(factor))) continue
    best = best === undefined ? aal : levels.higher('aal', aal, best)
  }
  return best
}

/**
 * The highest level that a person can reach with what they have; undefined where they could not come in at all. Recovery
 * codes are for a bad day and run out: they keep nobody in.
 */
export function reachableAal(
  rules: Rules,
  levels: Levels,
  authenticators: readonly Authenticator[],
): string | undefined {
  return aalOf(rules, levels, authenticators.flatMap(lastingFactors))
}

function lastingFactors({ kind, name, passkey }: Authenticator): readonly Factor[] {
  switch (kind) {
    case 'passkey':
      return passkey === undefined ? [] : [passkeyFactor(passkey)]
    case 'totp':
    case 'password':
      return [kind]
    case 'external':
      return [`external:${name}`]
    case 'recovery-codes':
      return []
  }
}

/** What a passkey proves. One that was copied to other devices is bound to none, whoever saw it before. */
export function passkeyFactor(passkey: { readonly isSynced: boolean; readonly isHardware: boolean }): Factor {
  if (passkey.isSynced) return 'passkey-synced'
  return passkey.isHardware ? 'passkey-hardware' : 'passkey-device-bound'
}

const methods: Readonly<Record<string, readonly string[]>> = {
  'passkey-synced': ['swk', 'user', 'mfa'],
  'passkey-device-bound': ['hwk', 'user', 'mfa'],
  'passkey-hardware': ['hwk', 'user', 'mfa'],
  password: ['pwd'],
  totp: ['otp'],
  'recovery-code': ['otp'],
}

/** Authentication method references of the factors (RFC 8176 §2). An outside provider's own are not known here. */
export function amrOf(factors: readonly Factor[]): string[] {
  const found = new Set(factors.flatMap((factor) => methods[factor] ?? []))
  if (factors.length > 1) found.add('mfa')
  return [...found]
}
