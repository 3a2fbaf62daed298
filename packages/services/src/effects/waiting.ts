import type { Text } from '@sapan/kernel'
import type { ServicesGround } from '../ground.ts'
import { carryingOf, stepName } from './carrying.ts'

/** A register that was to be told of a decision, and has not answered yet. */
export interface WaitingEffect {
  /** What it is to be told. */
  readonly name: Text
  /** `TH/GOV/DOPA` */
  readonly member: string
  /** Milliseconds since 1970: when it was first tried. */
  readonly since: number
  readonly attempts: number
  /** Set where a gateway lets the request through to nobody: a grant or a credential is missing. */
  readonly isClosed: boolean
}

/** The registers for which the carrying out of a case's decision waits; empty while nothing has come to nothing. */
export async function waitingEffects(ground: ServicesGround, id: string): Promise<readonly WaitingEffect[]> {
  const carrying = await carryingOf(ground, id)
  if (carrying?.course.case.state !== 'carrying-out') return []
  const { definition } = carrying.course
  return definition.workflow.effects.flatMap(({ id: effect, name, service }) => {
    const step = carrying.steps.find((one) => one.step === stepName(carrying, `effect:${effect}`))
    // The first attempt may still be under way.
    const isTried = step?.state === 'begun' && (step.attempts > 1 || step.answer !== undefined)
    if (step === undefined || !isTried) return []
    const member = service.split('/').slice(0, 3).join('/')
    // Of silence each attempt is noted; of a door that is closed nothing is.
    const isClosed = step.answer === undefined
    return [{ name, member, since: step.begunAt, attempts: step.attempts, isClosed }]
  })
}
