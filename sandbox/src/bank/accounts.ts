import { createHash } from 'node:crypto'
import type { Text } from '@sapan/kernel'

/** The made-up bank, a member of the exchange. */
export const BANK_MEMBER = 'TH/COM/0107540990014'

/** Somebody who has an account to be paid to. */
export interface Payee {
  /** Fifteen digits. */
  readonly biller: string
  readonly name: Text
}

/**
 * The number by which a member is paid at the sandbox's bank: 15 digits that begin with 0999, which no tax number does.
 * `TH/GOV/RD` has the same everywhere.
 */
export function sandboxBiller(member: string): string {
  const digits =
    BigInt(`0x${createHash('sha256').update(member).digest('hex').slice(0, 16)}`) % 100_000_000_000n
  return `0999${String(digits).padStart(11, '0')}`
}

/** Whether a number is one that `sandboxBiller` gives. */
export function isSandboxBiller(number: string): boolean {
  return /^0999\d{11}$/.test(number)
}
