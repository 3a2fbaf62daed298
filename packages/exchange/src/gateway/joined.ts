import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { Clock, Logger } from '@sapan/kernel'
import { exportPem, type KeyFolder } from '@sapan/trust'
import type { CenterConnection } from '../membership/connection.ts'
import { hostMembers, leaveGateway, withMoving } from '../membership/hosting.ts'
import type { KeyFolderLock } from '../membership/key-folder-lock.ts'
import { type GatewayCredentials, loadCredentials, loadMembership } from '../membership/membership.ts'
import { createRenewal } from '../membership/renewal.ts'
import { connectCenters } from '../membership/several-centers.ts'
import { publishGrants, publishLogKey, publishServices, type Speaker } from '../membership/statements.ts'
import { exchangeProblem } from '../problems.ts'
import type { MemberSigner } from './member-signers.ts'
import type { GatewayMembership } from './membership.ts'
import type { TlsIdentity } from './transport/peer-connections.ts'

export interface JoinedOptions {
  readonly keys: KeyFolder
  readonly clock: Clock
  readonly log: Logger
  /** Where the center is reached, if not where it was when the gateway joined. */
  readonly centerUrl?: string
  /** Where further centers over the same database are reached. */
  readonly alsoAt?: readonly string[]
  /** Where the gateway runs as several processes; see `keyFolderLock`. */
  readonly lock?: KeyFolderLock
}

/** Opens what a gateway got by joining. Throws Problem `membership-missing` where the key folder has not joined. */
export async function openMembership(options: JoinedOptions): Promise<GatewayMembership> {
  const { keys, clock, log } = options
  const membership = await loadMembership(keys)
  if (!membership) throw exchangeProblem('membership-missing')
  const { rootFingerprint, root } = membership
  const url = options.centerUrl ?? membership.center
  const { alsoAt = [] } = options
  const center = connectCenters({ url, alsoAt, rootFingerprint, root: Buffer.from(root, 'base64') })
  const listeners: (() => void)[] = []
  let credentials = await loadCredentials(keys, membership, clock())
  const renewal = createRenewal({
    keys,
    center,
    clock,
    log,
    ...(options.lock && { lock: options.lock }),
    onChange: (renewed) => {
      credentials = renewed
      for (const listener of listeners) listener()
    },
  })
  const speaker = (member: string) => speakerOf(member, { center, rootFingerprint, credentials, clock })
  return {
    center,
    publisher: {
      services: (member, change) => publishServices(speaker(member), change),
      grants: (member, change) => publishGrants(speaker(member), change),
      logKey: (member, key) => publishLogKey(speaker(member), key),
    },
    tls: () => tlsIdentity(credentials),
    signers: () => memberSigners(credentials),
    onRenewed: (listener) => listeners.push(listener),
    renewNow: () => renewal.renewNow(),
    renewalFailure: () => renewal.failure(),
    host: (token) => renewal.change((held) => hostMembers({ keys, center, clock }, held, token)),
    leave: (leaving) => renewal.change((held) => leaveGateway({ keys, center, clock }, held, leaving)),
    moving: (member, moving) => renewal.change(async (held) => withMoving(held, member, moving)),
    start: async () => {
      credentials = await renewal.start()
    },
    stop: async () => {
      await renewal.stop()
      await center.close()
    },
  }
}

function speakerOf(
  member: string,
  parts: { center: CenterConnection; rootFingerprint: string; credentials: GatewayCredentials; clock: Clock },
): Speaker {
  const signing = parts.credentials.signing.get(member)
  if (!signing) throw exchangeProblem('gateway-not-ready')
  const { center, rootFingerprint, clock } = parts
  return { center, rootFingerprint, clock, signing }
}

function tlsIdentity({ tls, root }: GatewayCredentials): TlsIdentity {
  const pem = (der: Buffer) => new X509Certificate(der).toString()
  return {
    key: createPrivateKey(exportPem(tls.signer)).export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: [tls.certificate, ...tls.chain].map(pem).join(''),
    ca: pem(root),
  }
}

function memberSigners({ signing, moving }: GatewayCredentials): MemberSigner[] {
  return [...signing].map(([member, { signer, fingerprint, certificate, chain }]) => ({
    member,
    signer,
    keyId: fingerprint,
    certificate,
    chain,
    moving: moving.get(member) ?? null,
  }))
}
