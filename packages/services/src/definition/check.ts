import type { ServiceDefinition } from './definition.ts'
import type { Finding } from './finding.ts'
import { type DefinitionFiles, readDefinition } from './read/read-definition.ts'
import type { References } from './references.ts'

/** What came of reading a definition: without findings, it can be put in force. */
export interface CheckedDefinition {
  /** Also there with findings, where its files have the form that they must have; for previews. */
  readonly definition?: ServiceDefinition
  readonly findings: readonly Finding[]
}

/** Reads one version of a service and holds it against everything that it names. Never throws for what is in the files. */
export function checkDefinition(files: DefinitionFiles, references: References): CheckedDefinition {
  const { read, findings } = readDefinition(files, references)
  return { ...(read === undefined ? {} : { definition: read.definition }), findings }
}
