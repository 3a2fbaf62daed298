import { type ServiceDocument, serviceDocument } from './service-document.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** The body of an operation as its description has it, so that what is described and what is checked are one. */
export function bodySchema(service: string, schema: string): { readonly body: object } {
  const document = serviceDocument(service)
  return { body: plain(document, document.components.schemas[schema] as Json) as object }
}

/** The schema without what is not JSON Schema, its references put in their places. */
function plain(document: ServiceDocument, schema: Json): Json {
  if (Array.isArray(schema)) return schema.map((one: Json) => plain(document, one))
  if (schema === null || typeof schema !== 'object') return schema
  const { $ref, ...rest } = schema as { readonly [name: string]: Json }
  if (typeof $ref === 'string')
    return plain(document, document.components.schemas[$ref.split('/').at(-1) ?? ''] as Json)
  const kept = Object.entries(rest).filter(([name]) => !name.startsWith('x-') && name !== 'description')
  return Object.fromEntries(kept.map(([name, value]) => [name, plain(document, value)]))
}
