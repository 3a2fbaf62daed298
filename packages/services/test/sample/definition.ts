import { readFileSync } from 'node:fs'
import { checkDefinition } from '../../src/definition/check.ts'
import type { ServiceDefinition } from '../../src/definition/definition.ts'
import type { DefinitionFiles } from '../../src/definition/read/read-definition.ts'
import { sampleReferences } from './references.ts'

/** Where the sample lies, as a folder of definitions lies in a country's data. */
export const sampleFolder = new URL('services/', import.meta.url)

const text = (name: string): string => readFileSync(new URL(name, sampleFolder), 'utf8')

/** The sample's files as they are written. */
export function sampleFiles(): DefinitionFiles {
  const folder = 'school-bus-card/1'
  return {
    id: 'school-bus-card',
    version: 1,
    service: text(`${folder}/service.yaml`),
    form: text(`${folder}/form.yaml`),
    workflow: text(`${folder}/workflow.yaml`),
    tables: { fares: text('tables/fares.yaml') },
  }
}

let read: ServiceDefinition | undefined

/** A made-up service that uses everything: all field types, a repeated page, branches, evidence, fee, consent, appeal. */
export function sampleDefinition(): ServiceDefinition {
  read ??= checked()
  return read
}

function checked(): ServiceDefinition {
  const { definition, findings } = checkDefinition(sampleFiles(), sampleReferences)
  if (definition !== undefined && findings.length === 0) return definition
  throw new Error(
    findings.map(({ file, line, code, reason }) => `${file}:${line} ${code} ${reason.en}`).join('\n'),
  )
}
