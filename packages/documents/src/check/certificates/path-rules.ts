import * as oids from '../asn1/oids.ts'
import { type Certificate, isAuthority, permits } from './certificate.ts'
import { unknownCritical, usage } from './extensions.ts'
import { type GeneralName, isWithin } from './general-name.ts'
import { commonNameOf } from './name.ts'
import type { Path } from './paths.ts'
import { policyFault } from './policies.ts'

const mostNameChecks = 20_000

/**
 * What breaks the rules of RFC 5280 §6.1 in a path whose signatures and names are known to fit, but for validity and
 * revocation, which depend on time. Undefined when nothing does. The anchor itself is trusted as it is.
 */
export function pathFault(
  { certificates }: Path,
  policies: readonly string[] | undefined,
): string | undefined {
  for (const [below, certificate] of certificates.entries()) {
    const fault = certificateFault(certificate, below, below === certificates.length - 1, certificates)
    if (fault) return `${fault}: ${commonNameOf(certificate.subject)}`
  }
  return namesFault(certificates) ?? policyFault(certificates.slice(0, -1).toReversed(), policies)
}

/** `below`: how many certificates lie under it. */
function certificateFault(
  certificate: Certificate,
  below: number,
  isAnchor: boolean,
  certificates: readonly Certificate[],
): string | undefined {
  const unknown = isAnchor ? [] : unknownCritical(certificate.extensions)
  if (unknown.length > 0) return `a critical extension that is not understood (${unknown[0]})`
  if (below === 0) return undefined
  if (!isAnchor && !isAuthority(certificate)) return 'not an authority'
  if (!permits(certificate, usage.keyCertSign)) return 'may not issue certificates'
  // Self-issued ones between do not count (RFC 5280 §6.1.4 (l)).
  const between = certificates.slice(1, below).filter((one) => !one.isSelfIssued).length
  const length = certificate.extensions.authority?.pathLength ?? Number.POSITIVE_INFINITY
  return between > length ? 'a path longer than it permits' : undefined
}

/** Name constraints (RFC 5280 §6.1.3 (b), (c)): of each authority on all below it. The anchor's count as well. */
function namesFault(certificates: readonly Certificate[]): string | undefined {
  let checks = 0
  for (const [at, authority] of certificates.entries()) {
    const { permitted, excluded } = authority.extensions
    if (!permitted && !excluded) continue
    for (const [below, certificate] of certificates.slice(0, at).entries()) {
      if (certificate.isSelfIssued && below > 0) continue
      const names = namesOf(certificate)
      checks += names.length * ((permitted?.length ?? 0) + (excluded?.length ?? 0))
      if (checks > mostNameChecks) return 'too many names and constraints'
      if (names.some((name) => !isAllowed(name, permitted, excluded))) {
        return `a name outside the constraints of ${commonNameOf(authority.subject)}`
      }
    }
  }
  return undefined
}

function namesOf({ subject, extensions }: Certificate): GeneralName[] {
  const mail = extensions.alternativeNames.some(({ kind }) => kind === 'email')
    ? []
    : subject.values(oids.emailAddress)
  return [
    ...(subject.parts.length > 0 ? [{ kind: 'directory' as const, name: subject }] : []),
    ...extensions.alternativeNames,
    ...mail.map((text) => ({ kind: 'email' as const, text })),
  ]
}

function isAllowed(
  name: GeneralName,
  permitted: readonly GeneralName[] = [],
  excluded: readonly GeneralName[] = [],
): boolean {
  // A kind of name that is not understood, and that is excluded in part: it may be that part (RFC 5280 §4.2.1.10).
  const isUnclear = (base: GeneralName) => name.kind === 'other' && isWithin(name, base) !== undefined
  if (excluded.some((base) => isWithin(name, base) === true || isUnclear(base))) return false
  const answers = permitted.map((base) => isWithin(name, base)).filter((answer) => answer !== undefined)
  return answers.length === 0 || answers.includes(true)
}
