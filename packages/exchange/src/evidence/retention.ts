import { createHash } from 'node:crypto'
import { canonicalJson, Problem } from '@sapan/kernel'
import { type ErasingOptions, eraseExchange } from './erase.ts'
import { leastUuid } from './store/exchanges.ts'
import {
  type KeptContent,
  type RetentionProgress,
  readKept,
  readProgress,
  saveProgress,
} from './store/retention.ts'

/** For how long what was said is kept. What a rule does not name, it takes any of. */
export interface RetentionRule {
  /** A service, or what its id begins with up to a slash: `TH/GOV/DOPA`. */
  readonly service?: string | undefined
  readonly purpose?: string | undefined
  /** Words of the grant's law. */
  readonly law?: string | undefined
  readonly days: number
  /** The law that orders the erasure; it stands in the log. */
  readonly under: string
}

/** How a rule is carried out. */
export interface RetentionStanding {
  readonly rule: RetentionRule
  /** Messages erased under it. */
  readonly erased: number
  /** Everything before this time that the rule is about is erased; null before the first round. Milliseconds since 1970. */
  readonly doneUntil: number | null
  /** How far behind it is, in milliseconds. */
  readonly behind: number
}

export interface RetainingOptions extends ErasingOptions {
  readonly members: () => readonly string[]
  readonly rules: readonly RetentionRule[]
}

const day = 86_400_000
const most = 500
/** Milliseconds after which a round leaves the rest to the next. */
const longest = 20_000
const first = leastUuid(0)

/** Of several rules the first that is about an exchange says for how long its content is kept; without one, it stays. */
export function ruleFor(rules: readonly RetentionRule[], kept: KeptContent): RetentionRule | undefined {
  return rules.find(
    ({ service, purpose, law }) =>
      (service === undefined || kept.service === service || kept.service.startsWith(`${service}/`)) &&
      (purpose === undefined || kept.purpose === purpose) &&
      (law === undefined || kept.law.includes(law)),
  )
}

/** Erases what the rules no longer let be kept, the oldest first; gives the members whose logs have more to say. */
export async function retain(options: RetainingOptions): Promise<ReadonlySet<string>> {
  const touched = new Set<string>()
  const until = performance.now() + longest
  for (const rule of options.rules) {
    while (performance.now() < until && (await retainSome(options, rule, touched)));
  }
  return touched
}

/** True where there is more to be looked at. */
async function retainSome(
  options: RetainingOptions,
  rule: RetentionRule,
  touched: Set<string>,
): Promise<boolean> {
  const { pool, rules, members, clock } = options
  const now = clock()
  const key = keyOf(rules, rule)
  const end = leastUuid(now - rule.days * day)
  const progress = await readProgress(pool, key)
  const kept = await readKept(pool, members(), progress?.reached ?? first, end, most)
  let erased = 0
  for (const side of kept) {
    if (ruleFor(rules, side) !== rule) continue
    erased += await eraseOne(options, side, rule.under)
    touched.add(side.member)
  }
  const last = kept.length < most ? end : (kept.at(-1)?.exchange ?? end)
  await saveProgress(pool, key, { reached: last, erased, ranAt: now })
  return kept.length === most
}

/** Another gateway of the operator may have been at it, too. */
async function eraseOne(options: RetainingOptions, side: KeptContent, law: string): Promise<number> {
  try {
    return (await eraseExchange(options, side, law)).messages
  } catch (error) {
    if (error instanceof Problem && error.code === 'evidence-erased') return 0
    throw error
  }
}

/** How each rule is carried out. */
export async function readRetention({
  pool,
  rules,
  clock,
}: Pick<RetainingOptions, 'pool' | 'rules' | 'clock'>): Promise<RetentionStanding[]> {
  return await Promise.all(
    rules.map(async (rule) => standingOf(rule, await readProgress(pool, keyOf(rules, rule)), clock())),
  )
}

function standingOf(
  rule: RetentionRule,
  progress: RetentionProgress | undefined,
  now: number,
): RetentionStanding {
  const doneUntil = progress ? Number.parseInt(progress.reached.replaceAll('-', '').slice(0, 12), 16) : null
  const behind = Math.max(0, now - rule.days * day - (doneUntil ?? 0))
  return { rule, erased: progress?.erased ?? 0, doneUntil, behind }
}

/** A rule is another one where one before it is: what those take is not its own. */
function keyOf(rules: readonly RetentionRule[], rule: RetentionRule): Buffer {
  return createHash('sha256')
    .update(canonicalJson(rules.slice(0, rules.indexOf(rule) + 1)))
    .digest()
}
