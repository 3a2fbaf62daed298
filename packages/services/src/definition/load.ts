import type { Definitions } from '../ground.ts'
import type { ServiceDefinition } from './definition.ts'
import type { Finding } from './finding.ts'
import { checkFolder } from './folder.ts'
import type { References } from './references.ts'

/** Definitions that are not to be put in force: what stands against them, all of it. */
export class DefinitionsRefused extends Error {
  readonly findings: readonly Finding[]

  constructor(findings: readonly Finding[]) {
    super(findings.map(({ file, line, reason }) => `${file}:${line} ${reason.en}`).join('\n'))
    this.findings = findings
  }
}

/** All definitions of a folder, in force. Throws `DefinitionsRefused` where something stands against one of them. */
export async function loadDefinitions(folder: string, references: References): Promise<Definitions> {
  const checked = await checkFolder(folder, references)
  const findings = checked.flatMap((one) => one.findings)
  if (findings.length > 0) throw new DefinitionsRefused(findings)
  return definitionsOf(checked.flatMap(({ definition }) => (definition === undefined ? [] : [definition])))
}

/** Definitions by name and version: the newest of each is in force. */
export function definitionsOf(all: readonly ServiceDefinition[]): Definitions {
  const newest = new Map<string, ServiceDefinition>()
  for (const one of all.toSorted((a, b) => a.version - b.version)) newest.set(one.id, one)
  const current = [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  return {
    current: () => current,
    find: (service) => newest.get(service),
    version: (service, version) => all.find((one) => one.id === service && one.version === version),
  }
}

/** A version under which cases may run, as it was when it came in force. */
export interface KnownVersion {
  readonly service: string
  readonly version: number
  readonly digest: string
}

/**
 * Versions whose files are not any more what they were when they came in force: a new version is to be made instead. Of
 * the newest, too, once a case runs under it.
 */
export function changedVersions(
  definitions: Definitions,
  known: readonly KnownVersion[],
): readonly KnownVersion[] {
  return known.filter(
    ({ service, version, digest }) => definitions.version(service, version)?.digest !== digest,
  )
}
