import { randomBytes } from 'node:crypto'
import type { Timestamping, WitnessClient, WitnessReply } from '@sapan/exchange'
import {
  type Authority,
  createTimestampAuthority,
  generateSigner,
  issueCertificate,
  timestampFromResponse,
  timestampRequest,
  Witness,
  type WitnessedCheckpoint,
} from '@sapan/trust'

const name = 'center.bench/witness'

/** A witness in this process, which knows the log by the keys that it is told. */
export function createWitness(keys: () => readonly { origin: string; vkey: string }[]): WitnessClient {
  const seen = new Map<string, WitnessedCheckpoint>()
  const witness = new Witness({
    name,
    signer: generateSigner('ed25519'),
    clock: Date.now,
    logs: (origin) => {
      const own = keys().filter((key) => key.origin === origin)
      return own.length === 0 ? undefined : own.map(({ vkey }) => vkey)
    },
    store: {
      read: async (origin) => seen.get(origin),
      compareAndSet: async (origin, oldSize, size, root, note) => {
        if ((seen.get(origin)?.size ?? 0) !== oldSize) return false
        seen.set(origin, { size, root, note })
        return true
      },
    },
  })
  const submit = async (oldSize: number, proof: readonly Buffer[], note: string): Promise<WitnessReply> => {
    const lines = [`old ${oldSize}`, ...proof.map((hash) => hash.toString('base64'))]
    const answer = await witness.addCheckpoint(`${lines.join('\n')}\n\n${note}`)
    if (answer.status === 200) return { status: 'cosigned', lines: answer.body.split('\n').filter(Boolean) }
    if (answer.status === 409) return { status: 'conflict', size: Number(answer.body) }
    return { status: 'refused', code: answer.status }
  }
  return {
    name,
    vkey: witness.vkey,
    submit: (_origin, oldSize, proof, note) => submit(oldSize, proof, note),
    latest: async (origin) => seen.get(origin)?.note ?? null,
  }
}

/** A time-stamp authority in this process. */
export function createStamps(issuer: Authority, chain: readonly Buffer[]): Timestamping {
  const signer = generateSigner('ecdsa-p256-sha256')
  const certificate = issueCertificate(issuer, {
    publicKey: signer.publicKey,
    profile: 'timestamping',
    subject: { commonName: 'timestamping' },
    uris: [],
    now: Date.now(),
    days: 365,
  })
  let serial = 1n
  const authority = createTimestampAuthority({
    signer,
    certificate,
    chain: [...chain],
    clock: Date.now,
    policy: '1.3.6.1.4.1.99999.1',
    nextSerial: () => serial++,
  })
  return {
    stamp: async (digest) => {
      const request = timestampRequest(digest, { nonce: randomBytes(8).readBigUInt64BE() })
      return timestampFromResponse(await authority.respond(request), request)
    },
  }
}
