// Hands forms in through `submit`, so many at a time, for so many seconds; a process of its own. Prints the figures as JSON.
import { submit } from '@sapan/services'
import { figuresOf } from '../identity/figures.ts'
import { accountOf } from '../identity/people.ts'
import { draftOf } from './filing.ts'
import { type HouseOrder, openHouse } from './house.ts'

export interface SubmissionOrder extends HouseOrder {
  /** The first person whose form is handed in, and the one behind the last. */
  readonly from: number
  readonly to: number
  readonly atOnce: number
  readonly seconds: number
  readonly leadSeconds: number
}

if (import.meta.main) {
  const order = JSON.parse(process.argv[2] ?? '') as SubmissionOrder
  const house = await openHouse(order)
  const begun = process.cpuUsage()
  const { times, next } = await load(order, house.services)
  const used = process.cpuUsage(begun)
  const processor = (used.user + used.system) / 1000 / Math.max(1, next - order.from)
  console.log(JSON.stringify({ ...figuresOf(times, order.seconds), next, processor }))
  process.exit(0)
}

type Services = Awaited<ReturnType<typeof openHouse>>['services']

async function load(
  { from, to, atOnce, seconds, leadSeconds }: SubmissionOrder,
  { ground, drafts }: Services,
): Promise<{ times: number[]; next: number }> {
  const start = performance.now() + leadSeconds * 1000
  const end = start + seconds * 1000
  const times: number[] = []
  let next = from
  const work = async () => {
    while (performance.now() < end) {
      if (next >= to) throw new Error('there are no more forms to be handed in')
      const person = next++
      const begun = performance.now()
      const draft = await drafts.find({ account: accountOf(person) }, draftOf(person))
      const who = {
        kind: 'applicant' as const,
        account: draft.account,
        session: `sid-${person}`,
        level: { ial: '2.3', aal: '2.2' },
        authenticatedAt: ground.clock(),
      }
      await submit(ground, drafts, { draft, who, language: 'th' })
      const done = performance.now()
      if (done >= start && done < end) times.push(done - begun)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return { times, next }
}
