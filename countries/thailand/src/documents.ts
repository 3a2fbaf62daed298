import { Type } from 'typebox'
import { dataFile, readYaml } from './schema.ts'

/** What documents say beside their data: by template, then by key. */
export type DocumentWords = Readonly<Record<string, Readonly<Record<string, string>>>>

const key = '^[a-z][A-Za-z0-9-]*$'
const words = Type.Record(Type.String({ pattern: key }), Type.String({ minLength: 1 }))
const schema = Type.Record(Type.String({ pattern: key }), words)

/** The words of all templates. Throws `country-data-invalid`. */
export function readDocumentWords(text: string = dataFile('documents.yaml')): DocumentWords {
  return readYaml(schema, 'documents.yaml', text)
}
