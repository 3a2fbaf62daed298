import type { DirectoryWitness } from '../directory/document.ts'
import type { WitnessClient, WitnessReply } from '../evidence/witness-client.ts'
import type { ServiceAgent } from './transport/service-agent.ts'

/** Milliseconds. */
const longestWait = 5_000

/**
 * A witness that the directory names, asked by C2SP tlog-witness (https://c2sp.org/tlog-witness); for its latest
 * checkpoint by a question that a center answers, and other witnesses need not.
 */
export function witnessOverHttp(witness: DirectoryWitness, agent: ServiceAgent): WitnessClient {
  const base = witness.url.replace(/\/$/, '')
  return {
    name: witness.name,
    vkey: witness.vkey,
    async submit(_origin, oldSize, proof, note, signal) {
      const hashes = proof.map((hash) => `${hash.toString('base64')}\n`).join('')
      const body = `old ${oldSize}\n${hashes}\n${note}`
      const answer = await agent.post(`${base}/add-checkpoint`, 'text/plain; charset=utf-8', body, signal)
      return readReply(answer.status, answer.body.toString('utf8'))
    },
    async latest(origin) {
      const url = `${base}/checkpoint?origin=${encodeURIComponent(origin)}`
      const answer = await agent.get(url, AbortSignal.timeout(longestWait))
      if (answer.status === 204) return null
      if (answer.status !== 200) throw new Error('it does not tell its latest checkpoint')
      return answer.body.toString('utf8')
    },
  }
}

function readReply(status: number, body: string): WitnessReply {
  if (status === 200) {
    return { status: 'cosigned', lines: body.split('\n').filter((line) => line.startsWith('\u2014 ')) }
  }
  // What is no number says nothing of what it knows.
  if (status === 409 && /^\d{1,15}\n?$/.test(body)) return { status: 'conflict', size: Number(body) }
  return { status: 'refused', code: status }
}
