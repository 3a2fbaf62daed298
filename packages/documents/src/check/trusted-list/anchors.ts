import type { Text } from '@sapan/kernel'
import type { Purpose, TrustedService } from '../certificates/anchors.ts'
import type { ListedService, Names, ServiceStatus, TrustedList } from './list.ts'

/**
 * What the services of a list are trusted for (TS 119 612 §5.5.1). Services for the status of certificates are none of
 * them: each is for its own provider's certificates, and as an anchor it would answer for everybody's.
 */
const purposes: ReadonlyMap<string, readonly Purpose[]> = new Map<string, readonly Purpose[]>([
  ['CA/QC', ['signature']],
  ['TSA/QTST', ['timestamp']],
  ['TSA/TSS-QC', ['timestamp']],
])

/** Services that are listed without being qualified. */
const others: ReadonlyMap<string, readonly Purpose[]> = new Map<string, readonly Purpose[]>([
  ['CA/PKC', ['signature']],
  ['TSA', ['timestamp']],
  ['TSA/TSS-AdESQCandQES', ['timestamp']],
])

/** Statuses under which a service is good: those since 2016, and those before (§5.5.4, annex D.5). */
const good: ReadonlySet<string> = new Set([
  'granted',
  'undersupervision',
  'supervisionincessation',
  'accredited',
])
const alsoGood: ReadonlySet<string> = new Set(['recognisedatnationallevel', 'setbynationallaw'])

export interface AnchorOptions {
  /** Also services that are not qualified, where the state lists them. */
  readonly unqualified?: boolean
}

/**
 * The services of a list as trust anchors, each for what it is listed for and for the times at which its status was good.
 * A signature is so judged by the status that the service had when it was made.
 */
export function anchorsOf({ services }: TrustedList, options: AnchorOptions = {}): TrustedService[] {
  return services.flatMap((service) => {
    const periods = goodPeriods(service.statuses, options)
    return service.certificates.flatMap((certificate) =>
      periods.map((period) => ({ certificate, ...period, name: nameOf(service) })),
    )
  })
}

type Period = Pick<TrustedService, 'purposes'> & { readonly from: number; readonly until?: number }

/** Each status holds until the next one; those that follow each other for the same purpose are one period. */
function goodPeriods(statuses: readonly ServiceStatus[], options: AnchorOptions): Period[] {
  const ordered = statuses.toSorted((one, other) => one.from - other.from)
  const periods: Period[] = []
  for (const [at, status] of ordered.entries()) {
    const trusted = purposesOf(status, options)
    const until = ordered[at + 1]?.from
    if (trusted.length === 0 || until === status.from) continue
    const last = periods.at(-1)
    const follows = last?.until === status.from && last.purposes.join() === trusted.join()
    if (last && follows) periods.pop()
    const from = last && follows ? last.from : status.from
    periods.push({ purposes: trusted, from, ...(until === undefined ? {} : { until }) })
  }
  return periods
}

function purposesOf(
  { type, status, uses, unknown }: ServiceStatus,
  { unqualified = false }: AnchorOptions,
): readonly Purpose[] {
  if (unknown.length > 0) return []
  const isGood = good.has(status) || (unqualified && alsoGood.has(status))
  const listed = purposes.get(type) ?? (unqualified ? others.get(type) : undefined)
  if (!isGood || !listed) return []
  const restricted = uses.filter((use) => use.startsWith('For'))
  const isForSigning =
    restricted.length === 0 || restricted.some((use) => use === 'ForeSignatures' || use === 'ForeSeals')
  return listed.includes('signature') && !isForSigning ? [] : listed
}

function nameOf({ name, provider }: ListedService): Text {
  const en = inLanguage(name, 'en') ?? inLanguage(provider, 'en') ?? ''
  return { en, th: name.th ?? en }
}

function inLanguage(names: Names, language: string): string | undefined {
  return names[language] ?? Object.values(names)[0]
}
