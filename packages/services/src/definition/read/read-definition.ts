import { createHash } from 'node:crypto'
import type { JsonValue } from '@sapan/casework'
import type { ServiceDefinition } from '../definition.ts'
import type { Finding } from '../finding.ts'
import type { References } from '../references.ts'
import { type FormSource, formFile } from '../schema/form-file.ts'
import { type ServiceSource, serviceFile } from '../schema/service-file.ts'
import { type WorkflowSource, workflowFile } from '../schema/workflow-file.ts'
import { buildForm } from './build-form.ts'
import { buildService } from './build-service.ts'
import { buildWorkflow } from './build-workflow.ts'
import { ExpressionReader, type PlacedExpression } from './expressions.ts'
import { Names } from './names.ts'
import { readShape } from './shape.ts'
import { noSource, readSource, type Source } from './source.ts'

/** The texts of one version of a service. */
export interface DefinitionFiles {
  readonly id: string
  readonly version: number
  /** Absent where there is no such file. */
  readonly service?: string
  readonly form?: string
  readonly workflow?: string
  /** By the names of files, without `.yaml`. */
  readonly tables: Readonly<Record<string, string>>
}

/** A definition as it was written, and as it was read. */
export interface ReadDefinition {
  readonly definition: ServiceDefinition
  readonly service: { readonly source: Source; readonly file: ServiceSource }
  readonly form: { readonly source: Source; readonly file: FormSource }
  readonly workflow: { readonly source: Source; readonly file: WorkflowSource }
  readonly expressions: readonly PlacedExpression[]
  readonly names: Names
}

/** Reads the files as their schemas say. Without `read` where they are not so. */
export function readDefinition(
  files: DefinitionFiles,
  references: References,
): { readonly read?: ReadDefinition; readonly findings: readonly Finding[] } {
  const sources = {
    service: sourceOf('service.yaml', files.service),
    form: sourceOf('form.yaml', files.form),
    workflow: sourceOf('workflow.yaml', files.workflow),
  }
  const service = readShape(serviceFile, sources.service)
  const form = readShape(formFile, sources.form)
  const workflow = readShape(workflowFile, sources.workflow)
  const findings = [...service.findings, ...form.findings, ...workflow.findings]
  if (service.value === undefined || form.value === undefined || workflow.value === undefined)
    return { findings }
  const tables = readTables(service.value, sources.service, files.tables)
  const written = {
    service: { source: sources.service, file: service.value },
    form: { source: sources.form, file: form.value },
    workflow: { source: sources.workflow, file: workflow.value },
  }
  const built = build(written, tables.values, references, files)
  return { read: { ...written, ...built }, findings: [...tables.findings, ...built.findings] }
}

function sourceOf(file: string, text: string | undefined): Source {
  if (text !== undefined) return readSource(file, text)
  const reason = { th: `ไม่มีไฟล์ ${file}`, en: `There is no file ${file}.` }
  return noSource({ file, line: 1, column: 1, code: 'missing-file', reason })
}

type Written = Pick<ReadDefinition, 'service' | 'form' | 'workflow'>

function build(
  { service, form, workflow }: Written,
  tables: Readonly<Record<string, JsonValue>>,
  references: References,
  files: DefinitionFiles,
) {
  const names = new Names(references)
  const readers = [service, form, workflow].map(({ source }) => new ExpressionReader(source)) as [
    ExpressionReader,
    ExpressionReader,
    ExpressionReader,
  ]
  const definition: ServiceDefinition = {
    id: files.id,
    version: files.version,
    ...buildService(service.file, tables, readers[0], names),
    form: buildForm(form.file, readers[1]),
    workflow: buildWorkflow(
      workflow.file,
      { purpose: service.file.purpose, waits: references.waits },
      readers[2],
      names,
    ),
    digest: digestOf(service.file, files),
  }
  return {
    definition,
    names,
    expressions: readers.flatMap(({ placed }) => placed),
    findings: readers.flatMap((reader) => reader.findings),
  }
}

function readTables(
  file: ServiceSource,
  source: Source,
  texts: Readonly<Record<string, string>>,
): { readonly values: Readonly<Record<string, JsonValue>>; readonly findings: readonly Finding[] } {
  const findings: Finding[] = []
  const values = Object.entries(file.tables ?? {}).flatMap(([name, table]): [string, JsonValue][] => {
    const text = Object.hasOwn(texts, table) ? texts[table] : undefined
    if (text === undefined) {
      const reason = { th: `ไม่มีไฟล์ tables/${table}.yaml`, en: `There is no file tables/${table}.yaml.` }
      findings.push(source.note(`/tables/${name}`, 'unknown-table', reason))
      return []
    }
    const read = readSource(`tables/${table}.yaml`, text)
    findings.push(...read.findings)
    return read.value === undefined ? [] : [[name, read.value]]
  })
  return { values: Object.fromEntries(values), findings }
}

/** Of everything that makes this version what it is: its three files, and the tables that it names. */
function digestOf(file: ServiceSource, { service, form, workflow, tables }: DefinitionFiles): string {
  const named = Object.values(file.tables ?? {}).sort()
  const hash = createHash('sha256')
  for (const text of [service, form, workflow, ...named.map((name) => tables[name])])
    hash.update(
      createHash('sha256')
        .update(text ?? '')
        .digest(),
    )
  return hash.digest('hex')
}
