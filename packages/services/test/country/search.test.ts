import { readLifeEvents, readListedServices, readPhrases } from '@sapan/thailand'
import { beforeAll, describe, expect, it } from 'vitest'
import { createCatalogue } from '../../src/finding/catalogue.ts'
import { createSearch, type Search } from '../../src/finding/search/search.ts'
import { countryDefinitions } from './definitions.ts'

let search: Search
beforeAll(async () => {
  search = createSearch(
    createCatalogue({
      definitions: await countryDefinitions(),
      listed: readListedServices(),
      lifeEvents: readLifeEvents(),
      memberName: () => undefined,
    }),
  )
}, 60_000)

const phrases = readPhrases()
const meant = phrases.filter(({ service }) => service !== 'none')
const foundFor = (says: string) => search.find(says).services.map(({ id }) => id)

/** countries/thailand/data/services/README.md tells these figures; mend them there, too. */
describe("what people say, in the country's own phrases", () => {
  it('are 50 and more, and some that mean nothing here', () => {
    expect(meant.length).toBeGreaterThanOrEqual(50)
    expect(phrases.length - meant.length).toBeGreaterThanOrEqual(3)
  })

  it('leads to the service, in 95 of 100 as the first that is shown', () => {
    const missed = meant.filter(({ says, service }) => foundFor(says)[0] !== service)
    expect(missed.length / meant.length, missed.map(({ says }) => says).join(', ')).toBeLessThanOrEqual(0.05)
  })

  it('leads to it within the first three, in 98 of 100', () => {
    const missed = meant.filter(({ says, service }) => !foundFor(says).slice(0, 3).includes(service))
    expect(missed.length / meant.length, missed.map(({ says }) => says).join(', ')).toBeLessThanOrEqual(0.02)
  })

  it('leads nowhere where nothing is meant, in two of three', () => {
    const nothing = phrases.filter(({ service }) => service === 'none')
    const silent = nothing.filter(({ says }) => foundFor(says).length === 0)
    expect(silent.length / nothing.length).toBeGreaterThanOrEqual(2 / 3)
  })
})
