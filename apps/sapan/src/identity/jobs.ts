import { clearOld, watchUnusual } from '@sapan/identity'
import { type House, hasOfficers } from './house.ts'
import { unusualDoors } from './unusual-doors.ts'

interface Job {
  readonly name: string
  readonly seconds: number
  run(): Promise<unknown>
}

/** What has to be done again and again; each may run in several processes at once. */
function jobsOf({ ground, rooms, notices, casework, collectHints }: House): Job[] {
  const { provider, recovery, admission, mandates, consents } = rooms
  const watching = {
    casework,
    doors: unusualDoors(ground.file),
    hasOfficers: hasOfficers(rooms, ground.clock),
  }
  return [
    { name: 'deliver notices', seconds: 5, run: () => notices.deliverDue() },
    { name: 'announce questions', seconds: 1, run: () => provider.backchannel.announce() },
    { name: 'announce helpers', seconds: 1, run: () => mandates.help.announce() },
    { name: 'announce consents', seconds: 2, run: () => consents.announce() },
    { name: 'announce mandates', seconds: 5, run: () => mandates.proposals.announce() },
    { name: 'fetch hints', seconds: 10, run: collectHints },
    { name: 'watch unusual accesses', seconds: 5, run: () => watchUnusual(ground, watching) },
    { name: 'deliver sign-outs', seconds: 10, run: () => provider.deliverLogouts() },
    { name: 'complete recoveries', seconds: 60, run: () => recovery.ripen() },
    { name: 'mark tasks overdue', seconds: 300, run: () => casework.markOverdue() },
    {
      name: 'move due dates from new holidays',
      seconds: 300,
      run: () => untilNone(() => casework.postpone()),
    },
    { name: 'remove what has expired', seconds: 300, run: () => provider.removeExpired() },
    { name: 'clear what strangers began', seconds: 300, run: () => admission.clear() },
    { name: 'remind of consents that end', seconds: 3_600, run: () => consents.remind() },
    {
      name: 'clear what is old',
      seconds: 3_600,
      run: () => clearOld({ ...ground, country: ground.country.identity }),
    },
    { name: 'rotate keys', seconds: 3_600, run: () => provider.rotateKeys() },
  ]
}

/** Until there is nothing more: a day that becomes a holiday may be the next one. */
async function untilNone(some: () => Promise<number>): Promise<void> {
  while ((await some()) > 0);
}

/** Starts the jobs; `stop` waits for those under way. */
export function startJobs(house: House): { stop(): Promise<void> } {
  const { log } = house.ground
  const running = new Set<Promise<void>>()
  const timers = jobsOf(house).map(({ name, seconds, run }) => {
    let isRunning = false
    const once = async () => {
      if (isRunning) return
      isRunning = true
      try {
        await run()
      } catch (error) {
        log.error({ err: error, job: name }, 'a job failed; it is tried again')
      } finally {
        isRunning = false
      }
    }
    return setInterval(() => {
      const work = once().finally(() => running.delete(work))
      running.add(work)
    }, seconds * 1000)
  })
  return {
    stop: async () => {
      for (const timer of timers) clearInterval(timer)
      await Promise.all(running)
    },
  }
}
