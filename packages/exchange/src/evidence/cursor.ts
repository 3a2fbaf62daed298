import { Problem } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { exchangeProblems } from '../problems.ts'
import type { SideKey } from './store/exchanges.ts'

const aad = Buffer.from('sapan-evidence cursor')

/** Where a page ended, sealed: it names an exchange, and whoever turns the page need not know which. */
export function sealCursor(sealer: Sealer, { exchange, side, member }: SideKey): string {
  return sealer.seal(Buffer.from(JSON.stringify([exchange, side, member])), aad).toString('base64url')
}

/** Throws `request-invalid` for what was not sealed here. */
export function openCursor(sealer: Sealer, cursor: string): SideKey {
  try {
    const parts: unknown = JSON.parse(sealer.open(Buffer.from(cursor, 'base64url'), aad).toString())
    const [exchange, side, member]: unknown[] = Array.isArray(parts) ? parts : []
    if (
      typeof exchange === 'string' &&
      typeof member === 'string' &&
      (side === 'consumer' || side === 'provider')
    ) {
      return { exchange, side, member }
    }
    throw new TypeError('not a cursor')
  } catch (cause) {
    throw new Problem(exchangeProblems['request-invalid'], {
      detail: { th: 'ตัวชี้หน้าถัดไปไม่ถูกต้อง', en: 'The pointer to the next page is not one of ours.' },
      cause,
    })
  }
}
