import type { ServicesGround } from '../../ground.ts'
import type { FetchOptions } from '../../prefill/fetch.ts'
import type { FormPagesOptions } from '../form/options.ts'

/** What the pages of facts stand on, beside what those of forms do. */
export type FactsGround = FormPagesOptions['ground'] &
  Pick<ServicesGround, 'pool' | 'jobs' | 'ask' | 'casework' | 'purposeName'> & {
    readonly rooms: Pick<ServicesGround['rooms'], 'actorToken'> & {
      readonly officers: Pick<ServicesGround['rooms']['officers'], 'holdersOf'>
    }
  }

export interface FactsPagesOptions extends FormPagesOptions {
  readonly ground: FactsGround
  /** How long registers are waited for. */
  readonly waiting?: Pick<FetchOptions, 'patience' | 'altogether'>
}
