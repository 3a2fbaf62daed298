import { describe, expect, it } from 'vitest'
import { readListedServices } from '../src/index.ts'

const entry = (id: string, event = 'birth') => `- id: ${id}
  name: { th: บริการ, en: Service }
  summary: { th: บริการ, en: A service }
  owner: { th: หน่วยงาน, en: Agency }
  says: { th: [บริการ], en: [service] }
  audience: [citizen]
  lifeEvents: [${event}]
  channels: [{ kind: counter, about: { th: สำนักงาน, en: Office } }]
`

describe('services that are given elsewhere are refused, with the line, for', () => {
  it.each([
    ['an event of life that there is not', entry('one') + entry('two', 'party'), 15, 'no life event party'],
    ['a service that stands there twice', entry('one') + entry('one'), 9, 'one is there twice'],
    ['what their schema does not say', entry('one').replace('kind: counter', 'kind: fax'), 8, '/channels/0'],
  ])('%s', (_, text, line, why) => {
    expect(() => readListedServices(text)).toThrow(`services/listed.yaml:${line}, at `)
    expect(() => readListedServices(text)).toThrow(why)
  })
})

it('those of the country are sound', () => {
  expect(readListedServices().length).toBeGreaterThan(5)
})
