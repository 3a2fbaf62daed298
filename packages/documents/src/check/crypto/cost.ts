import type { PublicKeyInfo } from './algorithms.ts'
import type { DigestName, SignatureScheme } from './port.ts'

/** How much longer a byte takes than with what machines have built in: some are ten to thirty times as slow. */
export function digestCost(name: DigestName): number {
  if (name.startsWith('sha3') || name === 'shake256') return 32
  return isBuiltIn(name) ? 1 : 8
}

const isBuiltIn = (name: DigestName): boolean =>
  name === 'sha1' || name === 'sha256' || name === 'sha384' || name === 'sha512'

const builtInCurves: ReadonlySet<string | undefined> = new Set(['P-256', 'P-384', 'P-521'])

/** How much longer a signature takes to verify than an ordinary one: a file may be all of the slowest kind. */
export function verificationCost(scheme: SignatureScheme, { bits, curve }: PublicKeyInfo): number {
  if (scheme.family === 'eddsa') return bits > 256 ? 8 : 1
  const isOwn = !isBuiltIn(scheme.digest)
  if (scheme.family === 'ecdsa') return isOwn || !builtInCurves.has(curve) ? 16 : 1
  const size = Math.max(1, Math.ceil((bits / 4096) ** 2))
  return isOwn ? size * 4 : size
}
