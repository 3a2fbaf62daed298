import * as oids from '../asn1/oids.ts'
import type { Certificate } from './certificate.ts'

/** A policy that is valid so far: what the next certificate may call it, and what the one who checks calls it. */
interface PolicyNode {
  readonly expected: Set<string>
  /** Policies in the domain of the one who checks; undefined for any. */
  readonly roots: Set<string> | undefined
}

type Level = Map<string, PolicyNode>

const mostPolicies = 256

/**
 * Certificate policies (RFC 5280 §6.1.2 to §6.1.5, as a graph per RFC 9618, so that mappings cannot make it grow
 * without end). `path` has the certificate under the anchor first. Gives what is wrong, if anything.
 */
export function policyFault(path: readonly Certificate[], wanted?: readonly string[]): string | undefined {
  let level: Level | undefined = new Map([
    [oids.anyPolicy, { expected: new Set([oids.anyPolicy]), roots: undefined }],
  ])
  let explicit = wanted ? 0 : path.length + 1
  let mapping = path.length + 1
  let any = path.length + 1
  for (const [at, certificate] of path.entries()) {
    const { extensions, isSelfIssued } = certificate
    const isLast = at === path.length - 1
    if (
      (extensions.policies?.length ?? 0) > mostPolicies ||
      extensions.policyMappings.length > mostPolicies
    ) {
      return 'too many policies'
    }
    const mayBeAny = any > 0 || (isSelfIssued && !isLast)
    level = level && extensions.policies ? next(level, extensions.policies, mayBeAny) : undefined
    if (explicit <= 0 && !level) return 'no valid policy'
    if (!isLast) {
      level = mapped(level, extensions.policyMappings, mapping > 0)
      if (!isSelfIssued) {
        explicit = Math.max(explicit - 1, 0)
        mapping = Math.max(mapping - 1, 0)
        any = Math.max(any - 1, 0)
      }
      mapping = Math.min(mapping, extensions.inhibitPolicyMapping ?? mapping)
      any = Math.min(any, extensions.inhibitAnyPolicy ?? any)
      explicit = Math.min(explicit, extensions.requireExplicitPolicy ?? explicit)
    } else if (!isSelfIssued || extensions.requireExplicitPolicy === 0) {
      explicit = extensions.requireExplicitPolicy === 0 ? 0 : Math.max(explicit - 1, 0)
    }
  }
  if (explicit > 0) return undefined
  if (!level) return 'no valid policy'
  return wanted && path.length > 0 && !isWanted(level, wanted)
    ? 'none of the policies that are wanted'
    : undefined
}

function next(level: Level, policies: readonly string[], mayBeAny: boolean): Level | undefined {
  const found: Level = new Map()
  for (const policy of policies) {
    if (policy === oids.anyPolicy) continue
    const parents = [...level.values()].filter(({ expected }) => expected.has(policy))
    const above =
      parents.length > 0 ? parents : [level.get(oids.anyPolicy)].filter((node) => node !== undefined)
    if (above.length > 0) found.set(policy, { expected: new Set([policy]), roots: rootsOf(policy, above) })
  }
  if (policies.includes(oids.anyPolicy) && mayBeAny) {
    for (const { expected, roots } of level.values()) {
      for (const policy of expected) {
        if (!found.has(policy)) found.set(policy, { expected: new Set([policy]), roots })
      }
    }
  }
  return found.size > 0 ? found : undefined
}

function rootsOf(policy: string, parents: readonly PolicyNode[]): Set<string> {
  return new Set(parents.flatMap(({ roots }) => (roots ? [...roots] : [policy])))
}

/** RFC 5280 §6.1.4 (b). */
function mapped(
  level: Level | undefined,
  mappings: readonly (readonly [string, string])[],
  mayMap: boolean,
): Level | undefined {
  if (!level || mappings.length === 0) return level
  const result: Level = new Map(level)
  for (const from of new Set(mappings.map(([issuer]) => issuer))) {
    const targets = mappings.filter(([issuer]) => issuer === from).map(([, subject]) => subject)
    const node = level.get(from) ?? (level.has(oids.anyPolicy) ? { roots: new Set([from]) } : undefined)
    if (!node) continue
    if (mayMap) result.set(from, { expected: new Set(targets), roots: node.roots })
    else result.delete(from)
  }
  return result.size > 0 ? result : undefined
}

function isWanted(level: Level, wanted: readonly string[]): boolean {
  return [...level].some(([policy, { roots }]) => {
    if (policy === oids.anyPolicy) return true
    return wanted.some((one) => (roots ? roots.has(one) : one === policy))
  })
}
