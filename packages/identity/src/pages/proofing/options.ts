import type { ProofingGround } from '../../proofing/ground.ts'
import type { OutsideProvider } from '../../proofing/outside/outside-provider.ts'

export interface ProofingPagesOptions {
  readonly ground: ProofingGround
  /** Absent where the operator is no client of an outside provider. */
  readonly outside?: OutsideProvider
}
