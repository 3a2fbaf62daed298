import { readAnchors, type TrustAnchors } from './certificates/anchors.ts'
import type { CheckCrypto } from './crypto/port.ts'
import { webCrypto } from './crypto/web-crypto.ts'
import { etsiPolicy } from './policy/etsi-119-312.ts'
import type { AlgorithmPolicy } from './policy/policy.ts'
import type { RevocationFetcher } from './revocation/online.ts'
import { Run } from './run.ts'
import { type CheckLimits, Work } from './work.ts'

export interface CheckOptions {
  readonly anchors: TrustAnchors
  /** The time for which it is checked, milliseconds since 1970; now by default. */
  readonly at?: number
  /** Which algorithms were strong enough when; ETSI TS 119 312 by default. */
  readonly policy?: AlgorithmPolicy
  /** For an encrypted PDF. */
  readonly password?: string
  /** How revocation information that is not in the file is fetched; without it nothing leaves this machine. */
  readonly online?: RevocationFetcher
  readonly crypto?: CheckCrypto
  readonly limits?: Partial<CheckLimits>
  /** Of the file, for the report. */
  readonly name?: string
}

let shared: CheckCrypto | undefined

/** A run for one file. Throws TypeError for an anchor that is no certificate. */
export function startRun(options: CheckOptions): Run {
  shared ??= webCrypto()
  const work = new Work(options.limits)
  return new Run({
    crypto: options.crypto ?? shared,
    work,
    policy: options.policy ?? etsiPolicy,
    at: options.at ?? Date.now(),
    anchors: readAnchors(options.anchors, new Work({ objects: 100_000, elements: 50_000_000 })),
    ...(options.online ? { online: options.online } : {}),
  })
}
