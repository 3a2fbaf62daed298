import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** An OpenAPI 3.1 document, as far as the sandbox looks into it. */
export interface ServiceDocument {
  readonly openapi: string
  readonly info: Readonly<Record<string, unknown>>
  readonly paths: Readonly<Record<string, unknown>>
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>
    readonly [kind: string]: Readonly<Record<string, unknown>>
  }
}

interface Source extends ServiceDocument {
  readonly 'x-include'?: readonly string[]
}

const FOLDER = new URL('../../services/', import.meta.url)

function read(name: string): unknown {
  return parse(readFileSync(new URL(`${name}.yaml`, FOLDER), 'utf8'))
}

/**
 * The description of a service: `services/<name>.yaml`, with the schemas of the `services/parts/` that it includes.
 * The result stands alone: all its references are within it.
 */
export function serviceDocument(name: string): ServiceDocument {
  const { 'x-include': included = [], ...document } = read(name) as Source
  const parts = included.map((part) => read(`parts/${part}`) as Record<string, unknown>)
  const schemas = Object.assign({}, ...parts, document.components?.schemas)
  return { ...document, components: { ...document.components, schemas } }
}
