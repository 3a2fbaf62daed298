import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { fieldTypes } from '../../src/definition/form.ts'
import { loadDefinitions } from '../../src/definition/load.ts'
import { sampleDefinition, sampleFolder } from './definition.ts'
import { sampleReferences } from './references.ts'

it('uses every type of field', () => {
  const used = new Set(sampleDefinition().form.pages.flatMap(({ fields }) => fields.map(({ type }) => type)))
  expect([...fieldTypes].filter((type) => !used.has(type))).toEqual([])
})

it('is loaded from its folder, by name and version', async () => {
  const definitions = await loadDefinitions(fileURLToPath(sampleFolder), sampleReferences)
  expect(definitions.current().map(({ id, version }) => `${id} ${version}`)).toEqual(['school-bus-card 1'])
  expect(definitions.find('school-bus-card')?.digest).toBe(sampleDefinition().digest)
  expect(definitions.version('school-bus-card', 1)?.owner).toBe('TH/GOV/DGA')
  expect(definitions.version('school-bus-card', 2)).toBeUndefined()
})
