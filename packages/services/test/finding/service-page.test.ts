import { renderPage } from '@sapan/ui'
import { describe, expect, it } from 'vitest'
import type { ServiceDefinition } from '../../src/definition/definition.ts'
import { createCatalogue } from '../../src/finding/catalogue.ts'
import { servicePage } from '../../src/finding/pages/service-page.ts'
import { sampleDefinition } from '../sample/definition.ts'

const member = { th: 'กรม', en: 'Department' }

function shown(definition: ServiceDefinition, language: 'th' | 'en'): string {
  const { lifeEvents: _, ...same } = definition
  const one = { ...same, lifeEvents: [] }
  const catalogue = createCatalogue({
    definitions: { current: () => [one], find: () => one, version: () => one },
    ...{ listed: [], lifeEvents: [], memberName: () => member },
  })
  const entry = catalogue.find(definition.id)
  if (entry === undefined) throw new Error('the sample is in the catalogue')
  const options = { catalogue, memberName: () => member, lawName: () => ({ th: 'พรบ.', en: 'Act' }) }
  const body = servicePage(options, entry, language, null)
  return renderPage({ language, title: 'x', body, languages: { th: '/', en: '/' }, home: '/' }).replaceAll(
    /<[^>]+>/g,
    ' ',
  )
}

describe('the page of a service', () => {
  it('says how long the applicant has to answer and to pay, and by which law', () => {
    const english = shown(sampleDefinition(), 'en')
    expect(english).toContain('Answer when an officer asks for more, within 45 days (Act section 12)')
    expect(english).toContain('Pay, within 15 days (Act section 12)')
    expect(shown(sampleDefinition(), 'th')).toContain('ภายใน 45 วัน (พรบ. มาตรา 12)')
  })

  it('says nothing of payment where nothing is ever paid', () => {
    const { fee: _, workflow, ...rest } = sampleDefinition()
    const decisions = workflow.decisions.map(({ payment: __, ...one }) => one)
    const free = shown({ ...rest, workflow: { ...workflow, decisions } }, 'en')
    expect(free).not.toContain('Pay, within')
  })
})
