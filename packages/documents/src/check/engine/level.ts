import type { SignatureLevel } from '../report/report.ts'
import type { Run } from '../run.ts'
import type { SignatureInput } from './signature.ts'
import type { TimestampResult } from './timestamp.ts'

const names = { pades: 'PAdES', cades: 'CAdES', xades: 'XAdES' } as const

/**
 * The baseline level whose parts are there (EN 319 122-1, 132-1, 142-1 §6): B, with a time-stamp T, with revocation
 * values LT, with a time-stamp over those LTA. Whether they hold is another question; parts that are broken do not count.
 */
export function levelOf(
  run: Run,
  input: SignatureInput,
  timestamps: readonly TimestampResult[],
): SignatureLevel {
  if (input.format === 'cms') return 'PKCS7'
  if (!input.isBaseline) return 'none'
  const name = names[input.format]
  const intact = timestamps.filter(({ isIntact, input: one }) => isIntact && one.proves.signature)
  if (intact.length === 0) return `${name}-B-B`
  const { crls, ocsps } = input.material
  if (crls.length + ocsps.length === 0) return `${name}-B-T`
  const values = new Set([...crls, ...ocsps].map((der) => run.idOf(der)))
  const isArchived = intact.some(({ input: one }) => {
    const { crls: oldCrls, ocsps: oldOcsps } = one.proves.material
    return [...oldCrls, ...oldOcsps].some((der) => values.has(run.idOf(der)))
  })
  return isArchived ? `${name}-B-LTA` : `${name}-B-LT`
}
