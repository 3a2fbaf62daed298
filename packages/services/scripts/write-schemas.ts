/* Writes what is made from the schemas of definitions: schema/*.json, and the reference tables of docs/guides/services.md. */
import { readFileSync, writeFileSync } from 'node:fs'
import { publishedSchemas, referenceTables } from '../src/definition/schema/published.ts'

const schemas = new URL('../schema/', import.meta.url)
for (const [name, text] of Object.entries(publishedSchemas())) writeFileSync(new URL(name, schemas), text)

const guide = new URL('../../../docs/guides/services.md', import.meta.url)
const [before = '', , after = ''] = readFileSync(guide, 'utf8').split(
  /<!-- reference:begin -->|<!-- reference:end -->/,
)
writeFileSync(
  guide,
  `${before}<!-- reference:begin -->\n\n${referenceTables()}\n<!-- reference:end -->${after}`,
)
