import {
  CompactTree,
  formatCheckpoint,
  generateSigner,
  leafHash,
  nodeHash,
  type Signer,
  signNote,
  verifyCosignature,
  vkey,
} from '@sapan/trust'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishLogKey } from '../../src/index.ts'
import { keptLog, startCenter, type TestCenter } from './fixture.ts'

const kept = keptLog()
let home: TestCenter
let signer: Signer
const origin = 'sapan.example/TH/GOV/DOPA/1'

beforeAll(async () => {
  home = await startCenter({}, kept.log)
  signer = generateSigner('ed25519')
  const gateway = await home.join('TH/GOV/DOPA')
  const speaker = gateway.speaker('TH/GOV/DOPA')
  await publishLogKey(speaker, { epoch: 1, origin, vkey: vkey(origin, signer.publicKey) })
})
afterAll(() => home.close())

function rootOf(leaves: readonly string[]): Buffer {
  const tree = new CompactTree()
  for (const leaf of leaves) tree.append(leafHash(Buffer.from(leaf)))
  return tree.root()
}

function checkpoint(leaves: readonly string[], by = signer, name = origin): string {
  return signNote(formatCheckpoint({ origin: name, size: leaves.length, root: rootOf(leaves) }), {
    name,
    signer: by,
  })
}

const offer = (old: number, proof: readonly Buffer[], note: string, center = home.center) => {
  const lines = [`old ${old}`, ...proof.map((hash) => hash.toString('base64'))]
  return center.publicApp.inject({
    method: 'POST',
    url: '/witness/add-checkpoint',
    payload: `${lines.join('\n')}\n\n${note}`,
    headers: { 'content-type': 'text/plain' },
  })
}

test('who audits a log is told the latest checkpoint that was witnessed, as its log signed it', async () => {
  const ask = (name: string) =>
    home.center.publicApp.inject({ url: `/witness/checkpoint?origin=${encodeURIComponent(name)}` })
  expect((await ask('sapan.example/TH/GOV/NONE/1')).statusCode).toBe(204)
  const logged = signNote(formatCheckpoint({ origin: told, size: 1, root: rootOf(['a']) }), {
    name: told,
    signer,
  })
  const gateway = await home.join('TH/GOV/TOLD')
  await publishLogKey(gateway.speaker('TH/GOV/TOLD'), {
    epoch: 1,
    origin: told,
    vkey: vkey(told, signer.publicKey),
  })
  expect((await offer(0, [], logged)).statusCode).toBe(200)
  expect((await ask(told)).body.startsWith(logged)).toBe(true)
})

const told = 'sapan.example/TH/GOV/TOLD/1'
const leaf = (text: string) => leafHash(Buffer.from(text))

test('a log’s checkpoints are cosigned as they grow, with the key that the directory lists', async () => {
  const [listed] = (await home.directory()).witnesses
  expect(listed?.vkey).toBe(home.center.witnessVkey)
  expect(listed?.url).toBe('https://center.test:4000/witness')
  const first = checkpoint(['a'])
  const answer = await offer(0, [], first)
  expect(answer.statusCode).toBe(200)
  expect(verifyCosignature(first, listed?.vkey ?? '', answer.body)).toBe(home.clock())
  const grown = await offer(1, [leaf('b')], checkpoint(['a', 'b']))
  expect(grown.statusCode).toBe(200)
})

test('an old size that is not the held one is answered with the held size', async () => {
  const answer = await offer(0, [], checkpoint(['a', 'b']))
  expect([answer.statusCode, answer.body]).toEqual([409, '2\n'])
  expect(answer.headers['content-type']).toContain('text/x.tlog.size')
})

test('another key, another log, and garbage are refused', async () => {
  expect((await offer(2, [], checkpoint(['a', 'b'], generateSigner('ed25519')))).statusCode).toBe(403)
  const unknown = 'sapan.example/TH/GOV/RD/1'
  expect((await offer(0, [], checkpoint(['a'], signer, unknown))).statusCode).toBe(404)
  expect((await offer(0, [], 'garbage')).statusCode).toBe(400)
})

test('of two continuations offered at once, one is cosigned', async () => {
  const standby = await home.standby()
  await standby.start()
  const pair = nodeHash(leaf('c'), leaf('d'))
  const answers = await Promise.all([
    offer(2, [leaf('c')], checkpoint(['a', 'b', 'c'])),
    offer(2, [pair], checkpoint(['a', 'b', 'c', 'd']), standby),
  ])
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
})

test('a log that tells two stories is refused, reported and kept for good', async () => {
  const held = Number((await offer(0, [], checkpoint(['a']))).body)
  const forged = Array.from({ length: held }, (_, n) => `forged ${n}`)
  const answer = await offer(held, [], checkpoint(forged))
  expect(answer.statusCode).toBe(422)
  await offer(held, [], checkpoint(forged))
  const { json } = await home.admin('GET', '/v1/contradictions')
  expect(json.contradictions).toHaveLength(1)
  expect(json.contradictions).toMatchObject([{ origin, reason: 'same-size', held: { size: held } }])
  const [line] = kept.lines.filter((text) => text.includes('contradicts itself'))
  expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 50, origin })
  const health = await home.center.adminApp.inject('/health')
  expect(health.json()).toMatchObject({ status: 'warning', contradictions: 1 })
  home.clock.now += 60_000
  expect((await offer(held, [], checkpoint(['a', 'b', 'c', 'd'].slice(0, held)))).statusCode).toBe(200)
  for (const stranger of ['one', 'two']) {
    await offer(held, [], `${checkpoint(forged)}— ${stranger} ${'A'.repeat(96)}\n`)
  }
  expect((await home.admin('GET', '/v1/contradictions')).json.contradictions).toHaveLength(1)
  await expect(home.pool.query('delete from center.contradiction')).rejects.toThrow('not allowed')
})

test('what the witness cosigned is remembered by a center that starts anew', async () => {
  const held = Number((await offer(0, [], checkpoint(['a']))).body)
  const standby = await home.standby()
  await standby.start()
  expect((await offer(0, [], checkpoint(['a']), standby)).body).toBe(`${held}\n`)
})
