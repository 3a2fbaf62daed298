import { formFile } from './form-file.ts'
import { TEXT_TITLE } from './parts.ts'
import { serviceFile } from './service-file.ts'
import { workflowFile } from './workflow-file.ts'

const files = { service: serviceFile, form: formFile, workflow: workflowFile } as const

/** The schemas of the three files for editors (JSON Schema 2020-12), by the names of their files. */
export function publishedSchemas(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).map(([name, schema]) => {
      const head = { $schema: 'https://json-schema.org/draft/2020-12/schema', title: `${name}.yaml` }
      return [`${name}.json`, `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`]
    }),
  )
}

/** Every name that a definition may have, as tables of Markdown. */
export function referenceTables(): string {
  return Object.entries(files)
    .map(([name, schema]) => [`### \`${name}.yaml\``, '', ...tableOf(objectOf(schema)), ''].join('\n'))
    .join('\n')
}

interface Schema {
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

function objectOf(schema: object): Schema {
  return schema
}

function tableOf(schema: Schema): readonly string[] {
  return ['| name | must be there | what it is |', '|---|---|---|', ...rowsOf(schema, '')]
}

function rowsOf({ properties, required }: Schema, prefix: string): readonly string[] {
  return Object.entries(properties ?? {}).flatMap(([name, schema]) => {
    const inside = schema.items ?? schema
    const path = `${prefix}${name}${schema.items === undefined ? '' : '[]'}`
    const row = `| \`${path}\` | ${required?.includes(name) ? 'yes' : ''} | ${about(schema)} |`
    if (inside.title === TEXT_TITLE || inside.properties === undefined) return [row]
    return [row, ...rowsOf(inside, `${path}.`)]
  })
}

function about(schema: Schema): string {
  const inside = schema.items ?? schema
  const said = schema.description ?? inside.description ?? ''
  const values = inside.enum === undefined ? '' : `: ${inside.enum.map((one) => `\`${one}\``).join(', ')}`
  return `${said}${values}`.replaceAll('|', '\\|')
}
