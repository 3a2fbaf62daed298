import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { type Visit, Visitor } from './people.ts'
import type { Info, LogEntry, Plan, PlannedModule, Result, Suite } from './suite.ts'

/** What came of one module, as the suite says it. */
export interface Outcome {
  readonly module: string
  readonly result: Result
  /** Its complaints: which of its checks, and what it says. */
  readonly complaints: readonly { readonly check: string; readonly says: string }[]
  readonly id: string
}

const longest = 240

/** Runs one module to its end, going wherever it wants a person to go. */
export async function runModule(
  suite: Suite,
  plan: Plan,
  module: PlannedModule,
  browser: Browser,
): Promise<Outcome> {
  const id = await suite.start(plan, module)
  const visitor = await Visitor.arrive(browser, suite.origin)
  try {
    const { status, result = 'UNKNOWN' } = await follow(suite, id, module, visitor)
    const complaints = (await suite.log(id))
      .filter(isComplaint)
      .map(({ src, msg = '' }) => ({ check: src, says: msg }))
    return {
      module: module.testModule,
      id,
      complaints,
      result: status === 'FINISHED' ? result : interrupted(result),
    }
  } finally {
    await visitor.leave()
  }
}

/** A module that a failure stopped has said so. */
function interrupted(result: Result): Result {
  return result === 'UNKNOWN' ? 'FAILED' : result
}

function isComplaint({ result }: LogEntry): boolean {
  return result === 'FAILURE' || result === 'WARNING'
}

/** Modules that are told apart by what the person has to do. */
const byForm = new Set(['oidcc-ensure-post-request-succeeds'])
const refusing = new Set(['fapi2-security-profile-final-user-rejects-authentication'])
/** The person only looks at the page at first, and signs in when they are sent there again. */
const lookingFirst = new Set([
  'fapi2-security-profile-final-par-ensure-reused-request-uri-prior-to-auth-completion-succeeds',
])
/** They want a picture of the page on which the person was asked to sign in again. */
const showsSignIn = new Set(['oidcc-prompt-login', 'oidcc-max-age-1'])

async function follow(
  suite: Suite,
  id: string,
  { testModule }: PlannedModule,
  visitor: Visitor,
): Promise<Info> {
  if (refusing.has(testModule)) visitor.decision = 'refuse'
  let isLooking = lookingFirst.has(testModule)
  const until = Date.now() + longest * 1000
  while (Date.now() < until) {
    const info = await suite.info(id)
    if (info.status === 'FINISHED' || info.status === 'INTERRUPTED') return info
    const [address] = info.status === 'WAITING' ? await suite.addresses(id) : []
    if (address === undefined) {
      await wait(300)
      continue
    }
    await suite.visited(id, address)
    const { isBack, asked, last } = await visitor.visit(address, {
      byForm: byForm.has(testModule),
      isLooking,
    })
    const picture = pictureFor(testModule, { isBack, isLooking, asked, last })
    if (picture) await suite.show(id, picture)
    if (picture) keep(testModule, picture)
    isLooking = false
  }
  return { status: 'INTERRUPTED', result: 'FAILED' }
}

/** What the suite would see: the page at which the way ended, or the one on which the person was asked. */
function pictureFor(module: string, visit: Visit & { readonly isLooking: boolean }): Buffer | undefined {
  if (!visit.isBack) return visit.isLooking ? undefined : visit.last
  return showsSignIn.has(module) ? visit.asked : undefined
}

/** For who looks at the pictures, as REVIEW wants it. */
function keep(module: string, picture: Buffer): void {
  const folder = process.env.SAPAN_OIDF_PICTURES
  if (folder !== undefined) writeFileSync(join(folder, `${module}.jpg`), picture)
}
