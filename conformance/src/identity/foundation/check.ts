import { mkdtempSync } from 'node:fs'
import { chmod, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { Browser } from 'playwright-core'
import { type Check, claim, type Finding, ToolMissing } from '../../check.ts'
import { makeIdentity } from './door.ts'
import { openTlsIssuer, type TlsIssuer } from './issuer.ts'
import { openBrowser } from './people.ts'
import { plans } from './plans.ts'
import { type Outcome, runModule } from './play.ts'
import { installed, startSuite, suiteVersion } from './start.ts'
import type { Suite } from './suite.ts'
import { differenceOf, type PlanOutcome, tableOf } from './table.ts'

/** The suite itself against the issuer, plan by plan. `SAPAN_OIDF_PLAN`, `SAPAN_OIDF_MODULE`: parts of their names. */
export const openidFoundation: Check = {
  name: 'identity, OpenID Foundation’s conformance suite',
  against: () => `openid/conformance-suite ${suiteVersion()}`,
  async run() {
    const ready = await claim('the suite is installed', installed)
    if (ready.state !== 'passed') return [ready]
    done = await runPlans()
    return await Promise.all(done.flatMap(({ outcomes }) => outcomes).map(findingOf))
  },
}

let done: readonly PlanOutcome[] | undefined

/** The table of the last run, in Markdown; nothing where all of it was not run. */
export function foundationTable(): string | undefined {
  const isWhole = done?.length === plans.length && process.env.SAPAN_OIDF_MODULE === undefined
  return isWhole ? tableOf(done ?? [], `openid/conformance-suite ${suiteVersion()}`) : undefined
}

async function runPlans(): Promise<PlanOutcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sapan-conformance-oidf-'))
  // PostgreSQL runs as another user where this is root.
  await chmod(folder, 0o755)
  const identity = makeIdentity(folder)
  setDefaultCACertificates([...getCACertificates(), identity.certificate])
  const [issuer, browser] = await Promise.all([openTlsIssuer(folder, identity), openBrowser()])
  try {
    const { suite, close } = await startSuite(folder, identity)
    try {
      return await runWith(suite, issuer, browser)
    } finally {
      await close()
    }
  } finally {
    await browser.close()
    await issuer.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function runWith(suite: Suite, issuer: TlsIssuer, browser: Browser): Promise<PlanOutcome[]> {
  const outcomes: PlanOutcome[] = []
  const { SAPAN_OIDF_PLAN: wanted = '', SAPAN_OIDF_MODULE: part = '' } = process.env
  for (const run of plans.filter(({ name }) => name.includes(wanted))) {
    issuer.addsPkce = run.addsPkce
    const plan = await suite.plan(run.name, run.variant, await run.configure(issuer, suite.origin))
    const ended: Outcome[] = []
    for (const module of plan.modules.filter(({ testModule }) => testModule.includes(part))) {
      const outcome = await runModule(suite, plan, module, browser).catch(broken(module.testModule))
      ended.push(outcome)
      console.log(`  ${outcome.result.padEnd(8)}${outcome.module}`)
    }
    outcomes.push({ run, outcomes: ended })
  }
  return outcomes
}

/** What the suite or the browser did not go through with. */
function broken(module: string): (error: unknown) => Outcome {
  return (error) => ({
    module,
    id: '',
    result: 'UNKNOWN',
    complaints: [{ check: 'run', says: error instanceof Error ? error.message : String(error) }],
  })
}

async function findingOf(outcome: Outcome): Promise<Finding> {
  const { module, result, complaints } = outcome
  const known = differenceOf(outcome)
  const text = known ? `${module}: ${result}, since ${known.why}` : `${module}: ${result}`
  return await claim(text, () => {
    if (result === 'SKIPPED')
      throw new ToolMissing('the suite skips it: the issuer’s metadata offer no such thing')
    if (known || result === 'PASSED' || result === 'REVIEW') return
    throw new Error(complaints.map(({ check, says }) => `${check}: ${says}`).join(' / ') || result)
  })
}
