import { existsSync, readFileSync } from 'node:fs'
import { macros } from '@sapan/cel'
import { BANK_MEMBER, serviceDocument } from '@sapan/sandbox'
import { loadCountry } from '@sapan/thailand'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/cel/compile.ts'
import { callables } from '../../src/cel/vocabulary.ts'
import { checkDefinition } from '../../src/definition/check.ts'
import { fieldTypes } from '../../src/definition/form.ts'
import type { References } from '../../src/definition/references.ts'
import { publishedSchemas, referenceTables } from '../../src/definition/schema/published.ts'
import { sampleReferences } from '../sample/references.ts'

const guide = readFileSync(new URL('../../../../docs/guides/services.md', import.meta.url), 'utf8')
const again = 'run `node --import tsx packages/services/scripts/write-schemas.ts`'

/** The YAML of the guide, by the file that its first line names. */
const example = (file: string): string => {
  const blocks = [...guide.matchAll(/```yaml\n# ([a-z./-]+)[^\n]*\n([\s\S]*?)```/g)]
  return blocks
    .filter(([, name]) => name === file)
    .map(([, , text]) => text)
    .join('')
}

/** The country's own data and the register that the guide's example names. */
function countryReferences(): References {
  const { members, grants, terms } = loadCountry()
  const service = 'TH/GOV/DOPA/population/person-v1'
  return {
    ...sampleReferences,
    members,
    grants,
    terms: new Map([...terms].map(([id, { name }]) => [id, name])),
    transfers: { service: `${BANK_MEMBER}/account/payment-v1`, operation: 'orderTransfer' },
    services: new Map([[service, JSON.parse(JSON.stringify(serviceDocument('person-v1')))]]),
  }
}

describe('what is published of definitions is current', () => {
  it.each(Object.entries(publishedSchemas()))('the schema %s', (name, text) => {
    const file = new URL(`../../schema/${name}`, import.meta.url)
    expect(existsSync(file) && JSON.parse(readFileSync(file, 'utf8')), again).toEqual(JSON.parse(text))
  })

  it('the reference of the guide', () => {
    expect(guide.includes(referenceTables()), again).toBe(true)
  })

  it('the reference names what an outcome asks by where it is read: `decision`', () => {
    const rows = referenceTables().split('\n')
    expect(rows.find((row) => row.includes('`decisions[].asks[].id`'))).toContain('in `decision`')
    expect(rows.find((row) => row.includes('`pages[].fields[].id`'))).toContain('in `answers`')
  })

  it('the guide names every type of field and every function', () => {
    for (const name of [...fieldTypes, ...Object.keys(callables), ...macros])
      expect(guide).toContain(`\`${name}`)
  })

  it('the guide’s example is sound as it stands there', () => {
    const { findings } = checkDefinition(
      {
        id: 'club-certificate',
        version: 1,
        service: example('service.yaml'),
        form: example('form.yaml'),
        workflow: example('workflow.yaml'),
        tables: { 'club-fees': example('tables/club-fees.yaml') },
      },
      countryReferences(),
    )
    expect(findings.map(({ file, line, reason }) => `${file}:${line} ${reason.en}`)).toEqual([])
  })

  it('the expressions that the guide gives as examples compile', () => {
    const [, table = ''] = /<!-- expressions -->([\s\S]*?)<!-- end -->/.exec(guide) ?? []
    const sources = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, source = '']) =>
      source.replaceAll('\\|', '|'),
    )
    expect(sources.length).toBeGreaterThan(10)
    const roots = ['answers', 'facts', 'calc', 'applicant', 'tables', 'today', 'item']
    for (const source of sources) expect(compile(source, { roots }).source).toBe(source)
  })
})
