import { ruleFor } from '../../evidence/retention.ts'
import type { CountedExchanges, Outcome } from '../../evidence/store/daily-counts.ts'
import { type Grant, readGrant } from '../../grant/grant.ts'
import { lawInOneLine } from '../../grant/law.ts'
import { memberOf } from '../../identifier.ts'
import type { ServiceDescription } from '../../service/description.ts'
import type { GatewayGround } from '../ground.ts'
import type { ProcessingActivity, ProcessingRecord, ProcessingVolume } from './activity.ts'
import { dataCategories, givesAnswersOnly } from './data-categories.ts'
import { measures } from './measures.ts'
import { subjectCategories } from './subject-categories.ts'

/** Both days count, as `2026-11-23`. */
export interface Days {
  readonly from: string
  readonly to: string
}

interface KnownGrant {
  readonly hash: string
  readonly grant: Grant
  /** Whether its provider still publishes it. */
  readonly isPublished: boolean
}

/**
 * What these members of the gateway do with data about people in some days (Personal Data Protection Act B.E. 2562 (2019),
 * section 39): an activity for each grant that was good in those days or by which there were exchanges, on either side of it.
 */
export async function processingRecord(
  ground: GatewayGround,
  members: readonly string[],
  days: Days,
): Promise<ProcessingRecord> {
  const counts = await ground.evidence.counts(members, days)
  const grants = await grantsOf(ground, members, counts, days)
  const described = await descriptionsOf(ground, new Set(grants.map(({ grant }) => grant.service)))
  const activities: ProcessingActivity[] = []
  for (const known of grants) {
    const description = described.get(known.grant.service) ?? null
    if (description?.personal === false) continue
    for (const [role, member] of rolesOf(known.grant)) {
      if (!members.includes(member)) continue
      const volume = volumeOf(counts, { role, member, grant: known.hash })
      activities.push(activityOf(ground, known, { role, member, description, volume }))
    }
  }
  const view = ground.directory.current()
  return {
    members: members.map((id) => ({ id, name: view.member(id)?.name ?? null })),
    ...days,
    measures,
    activities: activities.sort(inOrder),
  }
}

function rolesOf({ provider, consumer }: Grant): readonly (readonly ['gives' | 'takes', string])[] {
  return [
    ['gives', provider],
    ['takes', memberOf(consumer)],
  ]
}

/** Those that are given or held, and those that are no more but by which there were exchanges. */
async function grantsOf(
  { issuedGrants, heldGrants, directory, evidence, settings }: GatewayGround,
  members: readonly string[],
  exchanges: readonly CountedExchanges[],
  days: Days,
): Promise<readonly KnownGrant[]> {
  const view = directory.current()
  const counted = new Set(exchanges.map(({ grant }) => grant))
  const found = new Map<string, KnownGrant>()
  for (const { hash, grant } of [...issuedGrants.list(), ...heldGrants.list()]) {
    const isOurs = rolesOf(grant).some(([, member]) => members.includes(member))
    const isPublished = view.hasGrant(grant.provider, hash)
    const counts = counted.has(hash) || (isPublished && isGoodIn(grant, days, settings.timeZone))
    if (isOurs && counts) found.set(hash, { hash, grant, isPublished })
  }
  for (const hash of counted) {
    if (hash === '' || found.has(hash)) continue
    const jws = await evidence.keptGrant(hash)
    if (jws !== undefined) found.set(hash, { hash, grant: readGrant(jws).grant, isPublished: false })
  }
  return [...found.values()]
}

function isGoodIn({ notBefore, expires }: Grant, { from, to }: Days, timeZone: string): boolean {
  const dayOf = (time: string) => new Date(time).toLocaleDateString('sv-SE', { timeZone })
  return dayOf(notBefore) <= to && dayOf(expires) >= from
}

/** All at once: a gateway that does not answer takes its time. */
async function descriptionsOf(
  ground: GatewayGround,
  services: ReadonlySet<string>,
): Promise<ReadonlyMap<string, ServiceDescription | null>> {
  return new Map(
    await Promise.all(
      [...services].map(async (service) => [service, await descriptionOf(ground, service)] as const),
    ),
  )
}

/** A service that is gone, or whose provider can't be asked for its description, is told without one. */
async function descriptionOf(
  { services, descriptions, directory, log }: GatewayGround,
  service: string,
): Promise<ServiceDescription | null> {
  const own = services.get(service)
  if (own) return own.description
  try {
    return (await descriptions.of(directory.current(), service)).description
  } catch (error) {
    log.info({ service, err: error }, 'the description of a service could not be had')
    return null
  }
}

function activityOf(
  { directory, settings, clock }: GatewayGround,
  { hash, grant, isPublished }: KnownGrant,
  {
    role,
    member,
    description,
    volume,
  }: Pick<ProcessingActivity, 'role' | 'member' | 'volume'> & { description: ServiceDescription | null },
): ProcessingActivity {
  const view = directory.current()
  const { consumer, service, provider, purpose, law, consent, notBefore, expires } = grant
  const other = role === 'gives' ? memberOf(consumer) : provider
  const about = { exchange: '', member, side: sideOf(role), service, purpose, law: lawInOneLine(grant) }
  const rule = ruleFor(settings.evidence.retention, about)
  return {
    role,
    member,
    other: { member: other, name: view.member(other)?.name ?? null },
    consumer,
    service,
    title: view.service(service)?.title ?? description?.title ?? null,
    purpose,
    law,
    basis: consent ? 'consent' : 'law',
    data: dataCategories(grant, description),
    subjects: subjectCategories(grant, description),
    answersOnly: givesAnswersOnly(grant, description),
    from: notBefore,
    until: expires,
    state: stateOf(grant, isPublished, clock()),
    withheldUntil: grant.withheldUntil ?? null,
    kept: rule ? { days: rule.days, under: rule.under } : null,
    volume,
    grant: hash,
  }
}

function sideOf(role: ProcessingActivity['role']): 'provider' | 'consumer' {
  return role === 'gives' ? 'provider' : 'consumer'
}

function stateOf(
  { notBefore, expires }: Grant,
  isPublished: boolean,
  now: number,
): ProcessingActivity['state'] {
  if (Date.parse(expires) <= now) return 'ended'
  if (!isPublished) return 'withdrawn'
  return Date.parse(notBefore) > now ? 'later' : 'live'
}

function volumeOf(
  counts: readonly CountedExchanges[],
  { role, member, grant }: Pick<ProcessingActivity, 'role' | 'member' | 'grant'>,
): ProcessingVolume {
  const own = counts.filter(
    (one) => one.grant === grant && one.member === member && one.side === sideOf(role),
  )
  const of = (wanted: Outcome) =>
    own.reduce((sum, { outcome, exchanges }) => (outcome === wanted ? sum + exchanges : sum), 0)
  return {
    answered: of('answered'),
    refused: of('refused'),
    failed: of('failed'),
    people: own.reduce((sum, { people }) => sum + people, 0),
    firstDay: own.map(({ firstDay }) => firstDay).sort()[0] ?? null,
    lastDay:
      own
        .map(({ lastDay }) => lastDay)
        .sort()
        .at(-1) ?? null,
  }
}

/** By member, what is given before what is taken, by service and by whom it is for. */
function inOrder(a: ProcessingActivity, b: ProcessingActivity): number {
  const key = (one: ProcessingActivity) =>
    [one.member, one.role, one.service, one.consumer, one.purpose, one.from].join('\n')
  return key(a) < key(b) ? -1 : 1
}
