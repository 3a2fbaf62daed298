import { type Metric, metric } from '../benchmark.ts'
import { medianOf, type Taken, take } from './measure.ts'
import { buildTown, issuerOf, type Town, type Workplace } from './workplace.ts'

/** How long a sign-in takes where there are many people, against where there are few: one after another, by passkey. */
export async function crowdRounds(place: Workplace, few: Town): Promise<Record<string, Metric>> {
  const { options, postgres } = place
  const many = await buildTown(place, options.people)
  const measuring = { options, connections: 1, database: postgres.pid }
  const issuers = [await issuerOf(place, few, 'own'), await issuerOf(place, many, 'own')] as const
  const rounds: readonly [Taken[], Taken[]] = [[], []]
  for (const issuer of issuers) await take(measuring, issuer, 'sign-in', options.warmUpSeconds)
  for (let round = 1; round <= options.rounds; round++)
    for (const [at, issuer] of issuers.entries()) rounds[at]?.push(await take(measuring, issuer, 'sign-in'))
  const names = `${many.people.toLocaleString('en')} people (peer: ${few.people.toLocaleString('en')})`
  return {
    [`sign-in, p50, ${names}`]: metric(medianOf(rounds[1], 'p50'), medianOf(rounds[0], 'p50'), 'ms'),
    [`sign-in, processor time, ${names}`]: metric(
      medianOf(rounds[1], 'processor'),
      medianOf(rounds[0], 'processor'),
      'ms',
    ),
  }
}
