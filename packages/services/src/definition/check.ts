import type { ServiceDefinition } from './definition.ts'
import type { Finding } from './finding.ts'
import { type DefinitionFiles, type ReadDefinition, readDefinition } from './read/read-definition.ts'
import type { References } from './references.ts'
import { callsAreGranted } from './rules/calls.ts'
import { codesAreThere } from './rules/codes.ts'
import { consentsShowAnswers } from './rules/consents.ts'
import { nothingWaitsForItself } from './rules/cycles.ts'
import { decisionsAreReached } from './rules/decisions.ts'
import { fieldsAreSound } from './rules/fields.ts'
import { idsAreSound } from './rules/ids.ts'
import { nothingIsUnused } from './rules/minimal.ts'
import { askedOnce } from './rules/once-only.ts'
import { outputsFit } from './rules/output-data.ts'
import { pathsAreThere } from './rules/paths.ts'
import { everythingIsReached } from './rules/reach.ts'
import { refundsAreGranted } from './rules/refunds.ts'
import { resultsFollow } from './rules/results.ts'
import type { Rule } from './rules/rule.ts'
import { typesFit } from './rules/types-fit.ts'
import { acceptsEarlierOnes } from './rules/versions.ts'

/** What came of reading a definition: without findings, it can be put in force. */
export interface CheckedDefinition {
  /** Also there with findings, where its files have the form that they must have; for previews. */
  readonly definition?: ServiceDefinition
  readonly findings: readonly Finding[]
}

const rules: readonly Rule[] = [
  codesAreThere,
  acceptsEarlierOnes,
  idsAreSound,
  fieldsAreSound,
  pathsAreThere,
  typesFit,
  nothingWaitsForItself,
  everythingIsReached,
  decisionsAreReached,
  consentsShowAnswers,
  resultsFollow,
  callsAreGranted,
  refundsAreGranted,
  askedOnce,
  nothingIsUnused,
  outputsFit,
]

/** Reads one version of a service and holds it against everything that it names. Never throws for what is in the files. */
export function checkDefinition(files: DefinitionFiles, references: References): CheckedDefinition {
  const { read, findings } = readDefinition(files, references)
  if (read === undefined) return { findings: ordered(findings) }
  return { definition: read.definition, findings: ordered([...findings, ...ruled(read, references)]) }
}

function ruled(read: ReadDefinition, references: References): readonly Finding[] {
  return rules.flatMap((rule) => rule(read, references))
}

const FILES = ['service.yaml', 'form.yaml', 'workflow.yaml']

/** By file and place, each once. */
function ordered(findings: readonly Finding[]): readonly Finding[] {
  const at = ({ file }: Finding): number => (FILES.includes(file) ? FILES.indexOf(file) : FILES.length)
  const sorted = findings.toSorted((a, b) => at(a) - at(b) || a.line - b.line || a.column - b.column)
  return sorted.filter((one, index) => {
    const before = sorted[index - 1]
    return (
      before === undefined ||
      before.line !== one.line ||
      before.file !== one.file ||
      before.reason.en !== one.reason.en
    )
  })
}
