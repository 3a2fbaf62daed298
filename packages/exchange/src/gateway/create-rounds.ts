import type { Alerts } from '../alerts/alerts.ts'
import { tidyQueues } from '../queue/upkeep.ts'
import { Rounds } from '../rounds.ts'
import type { GatewayGround } from './ground.ts'
import { HealthMinutes } from './health/minutes.ts'
import type { PeerQuestions } from './peer/questions.ts'
import { deleteOldHints } from './store/access-hints.ts'
import { deleteExpiredTokens } from './store/credentials.ts'
import { deleteExpiredOperators } from './store/operators.ts'
import { deleteOldHours } from './store/unusual-accesses.ts'
import { deleteExpiredUsedTokens } from './store/used-tokens.ts'

/** What is done again and again: other gateways of the operator may have changed the database, and windows close. */
export function createRounds(
  ground: GatewayGround,
  {
    questions,
    alerts,
    recheckConnections,
  }: { questions: PeerQuestions; alerts: Alerts; recheckConnections: () => void },
): Rounds {
  const { log, services, issuedGrants, seen, pool, clock, evidence, rates, statuses } = ground
  const minutes = new HealthMinutes(ground)
  return new Rounds(log, [
    { name: 'minutes', everyMs: 60_000, run: () => minutes.keep() },
    { name: 'old minutes', everyMs: 3_600_000, run: () => minutes.forget() },
    {
      name: 'services and grants',
      everyMs: 5_000,
      run: () => Promise.all([services.load(), issuedGrants.load()]),
    },
    { name: 'messages seen', everyMs: 5_000, run: async () => seen.sweep(clock()) },
    { name: 'subject tokens used', everyMs: 30_000, run: () => deleteExpiredUsedTokens(pool, clock()) },
    {
      // A certificate also ends without a new directory.
      name: 'connections of ended certificates',
      everyMs: 60_000,
      run: async () => recheckConnections(),
    },
    { name: 'alerts', everyMs: 60_000, run: () => alerts.look() },
    { name: 'clock', everyMs: 10_000, run: async () => ground.clockWatch.look() },
    { name: 'unusual accesses', everyMs: 1_000, run: () => ground.unusual.settle() },
    { name: 'hints', everyMs: 1_000, run: () => ground.hints.settle() },
    {
      name: 'hints that nobody fetched',
      everyMs: 3_600_000,
      run: () => deleteOldHints(pool, clock() - 30 * 86_400_000),
    },
    {
      name: 'hours of officers',
      everyMs: 3_600_000,
      run: () => deleteOldHours(pool, clock() - (ground.settings.unusual.days + 1) * 86_400_000),
    },
    {
      name: 'queued messages',
      everyMs: Math.min(1_000, ground.settings.queue.firstRetry * 1_000),
      run: async () => ground.queues.nudge(),
    },
    { name: 'depth of queues', everyMs: 15_000, run: () => ground.queues.depth.look() },
    { name: 'old messages', everyMs: 600_000, run: () => tidyQueues(ground) },
    { name: 'status lists', everyMs: 60_000, run: () => statuses.sweep() },
    { name: 'access tokens', everyMs: 60_000, run: () => deleteExpiredTokens(pool) },
    { name: 'operators of a day', everyMs: 600_000, run: () => deleteExpiredOperators(pool) },
    {
      name: 'rates',
      everyMs: 60_000,
      run: async () => rates.keep(new Set(issuedGrants.list().map(({ hash }) => hash))),
    },
    { name: 'rates of questions', everyMs: 60_000, run: async () => ground.questionRates.forgetFull() },
    { name: 'values of questions', everyMs: 60_000, run: async () => ground.probing.sweep() },
    { name: 'retention', everyMs: 60_000, run: () => evidence.retain() },
    { name: 'archive', everyMs: 600_000, run: () => ground.archiving.look() },
    { name: 'one-sided exchanges', everyMs: 30_000, run: () => evidence.reconcile(questions.recorded) },
  ])
}
