import type { Difference } from './differences.ts'
import { differences } from './differences.ts'
import type { PlanRun } from './plans.ts'
import type { Outcome } from './play.ts'

/** What came of a plan. */
export interface PlanOutcome {
  readonly run: PlanRun
  readonly outcomes: readonly Outcome[]
}

/** Whether this is what we know and mean. */
export function differenceOf({ module, result, complaints }: Outcome): Difference | undefined {
  const known = differences.get(module)
  if (known?.result !== result) return undefined
  return complaints.every(({ check }) => known.checks.includes(check)) ? known : undefined
}

/** The table that is committed, in Markdown. */
export function tableOf(plans: readonly PlanOutcome[], against: string): string {
  const all = plans.flatMap(({ outcomes }) => outcomes)
  const count = (result: string) => all.filter((one) => one.result === result).length
  const results = ['PASSED', 'REVIEW', 'WARNING', 'SKIPPED', 'FAILED', 'UNKNOWN']
  const sums = results.filter(count).map((result) => `${count(result)} ${result}`)
  const day = new Date().toISOString().slice(0, 10)
  return `${head}\n${against}, ${day}. ${all.length} modules: ${sums.join(', ')}.\n\n${plans.map(planTable).join('\n')}`
}

const head = `# The OpenID Foundation's conformance suite

Written by \`npm run conformance -- "conformance suite" --write\`; how to repeat it, and what was added to its requests, is in
[README](README.md). REVIEW: the suite wants a person to look at a picture of a page. SKIPPED: it saw in the issuer's metadata
that there is nothing to test. Passing here is no certification.
`

function planTable({ run, outcomes }: PlanOutcome): string {
  const variant = Object.entries(run.variant).map(([name, value]) => `${name}=${value}`)
  const rows = outcomes.map((one) => `| ${one.module} | ${one.result} | ${remark(one)} |`)
  return [
    `## ${run.title}`,
    '',
    `\`${run.name}\`${variant.length === 0 ? '' : `, ${variant.join(', ')}`}`,
    '',
    '| module | result | |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

function remark(outcome: Outcome): string {
  const known = differenceOf(outcome)
  if (known) return known.why
  return outcome.complaints.map(({ check, says }) => `${check}: ${says}`.replaceAll('|', '/')).join('; ')
}
