import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  CompactTree,
  consistencyProof,
  cosignerVkey,
  emptyRoot,
  formatCheckpoint,
  generateSigner,
  type HashReader,
  leafHash,
  rootHash,
  type Signer,
  signNote,
  verifyCosignature,
  verifyNote,
  vkey,
  Witness,
  type WitnessAnswer,
  type WitnessedCheckpoint,
} from '../src/index.ts'

const origin = 'sapan.example/TH/GOV/DOPA/1'
const witnessName = 'center.example/witness'
const logSigner = generateSigner('ed25519')
const witnessSigner = generateSigner('ed25519')

/** A log of entries `<branch> <index>`, with the first `shared` entries common to all branches. */
class Log {
  readonly leaves: Buffer[]

  constructor(size: number, branch = 'main', shared = 0) {
    this.leaves = Array.from({ length: size }, (_, i) =>
      leafHash(Buffer.from(i < shared ? `main ${i}` : `${branch} ${i}`)),
    )
  }

  readonly read: HashReader = (nodes) =>
    nodes.map(({ level, index }) => {
      const tree = new CompactTree()
      for (const leaf of this.leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)) tree.append(leaf)
      return tree.root()
    })

  async checkpoint(size: number, signer: Signer = logSigner, name = origin): Promise<string> {
    return signNote(formatCheckpoint({ origin, size, root: await rootHash(size, this.read) }), {
      name,
      signer,
    })
  }

  async submission(oldSize: number, size: number, proofFrom = oldSize): Promise<string> {
    const proof = await consistencyProof(proofFrom, size, this.read)
    return body(oldSize, proof, await this.checkpoint(size))
  }
}

function body(oldSize: number | string, proof: readonly Uint8Array[], note: string): string {
  const lines = proof.map((hash) => `${Buffer.from(hash).toString('base64')}\n`)
  return `old ${oldSize}\n${lines.join('')}\n${note}`
}

let held: Map<string, WitnessedCheckpoint>
let witness: Witness
const now = Date.UTC(2026, 5, 1)

beforeEach(() => {
  held = new Map()
  witness = new Witness({
    name: witnessName,
    signer: witnessSigner,
    clock: () => now,
    logs: (asked) => (asked === origin ? [vkey(origin, logSigner.publicKey)] : undefined),
    store: {
      read: async (asked) => held.get(asked),
      compareAndSet: async (asked, oldSize, size, root, note) => {
        if ((held.get(asked)?.size ?? 0) !== oldSize) return false
        held.set(asked, { size, root, note })
        return true
      },
    },
  })
})

function expectCosigned(answer: WitnessAnswer, note: string): void {
  expect(answer).toMatchObject({ status: 200, contentType: 'text/plain; charset=utf-8' })
  expect(verifyCosignature(note, witness.vkey, answer.body)).toBe(now)
  expect(answer.contradiction).toBeUndefined()
}

describe('the witness cosigns', () => {
  const log = new Log(70)

  it('the first checkpoint, and each that continues the one before', async () => {
    let oldSize = 0
    for (const size of [0, 1, 5, 5, 8, 64, 70]) {
      expectCosigned(
        await witness.addCheckpoint(await log.submission(oldSize, size)),
        await log.checkpoint(size),
      )
      oldSize = size
    }
  })

  it('any growth', async () => {
    const sizes = fc
      .array(fc.nat(70), { minLength: 1, maxLength: 6 })
      .map((all) => all.toSorted((a, b) => a - b))
    await fc.assert(
      fc.asyncProperty(sizes, async (growth) => {
        held.clear()
        let oldSize = 0
        for (const size of growth) {
          const answer = await witness.addCheckpoint(await log.submission(oldSize, size))
          expectCosigned(answer, await log.checkpoint(size))
          oldSize = size
        }
      }),
      { numRuns: 30 },
    )
  })

  it('the same checkpoint again', async () => {
    await witness.addCheckpoint(await log.submission(0, 5))
    expectCosigned(await witness.addCheckpoint(await log.submission(5, 5)), await log.checkpoint(5))
  })

  it('a note to which strangers have added lines, of which it keeps none', async () => {
    const note = await log.checkpoint(3)
    const strangers = Array.from({ length: 99 }, (_, n) => `— stranger/${n} ${'A'.repeat(96)}\n`).join('')
    const answer = await witness.addCheckpoint(body(0, [], note + strangers))
    expectCosigned(answer, note)
    expect(held.get(origin)?.note).toBe(note + answer.body)
  })

  it('what it keeps with the log’s signature and its own', async () => {
    await witness.addCheckpoint(Buffer.from(await log.submission(0, 5)))
    const keys = [vkey(origin, logSigner.publicKey), cosignerVkey(witnessName, witnessSigner.publicKey)]
    const { signatures } = verifyNote(held.get(origin)?.note ?? '', keys)
    expect(signatures.map(({ name }) => name)).toEqual([origin, witnessName])
  })
})

describe('the witness refuses', () => {
  const log = new Log(70)
  beforeEach(async () => {
    await witness.addCheckpoint(await log.submission(0, 40))
  })

  async function expectUnchanged(answer: WitnessAnswer, status: number): Promise<void> {
    expect(answer.status).toBe(status)
    expect(answer.body).not.toContain('—')
    expect(held.get(origin)?.size).toBe(40)
    expect(held.get(origin)?.root.equals(await rootHash(40, log.read))).toBe(true)
  }

  it('an old size that is not the one it holds, and tells it: 409', async () => {
    for (const oldSize of [0, 39]) {
      const answer = await witness.addCheckpoint(await log.submission(oldSize, 60))
      await expectUnchanged(answer, 409)
      expect(answer).toMatchObject({ contentType: 'text/x.tlog.size', body: '40\n' })
      expect(answer.contradiction).toBeUndefined()
    }
  })

  it('a smaller tree: 400 with the held size as old, 409 otherwise', async () => {
    const rolledBack = await log.checkpoint(20)
    await expectUnchanged(await witness.addCheckpoint(body(40, [], rolledBack)), 400)
    await expectUnchanged(await witness.addCheckpoint(body(20, [], rolledBack)), 409)
    await expectUnchanged(await witness.addCheckpoint(body(0, [], rolledBack)), 409)
  })

  it('another tree of the same size, as a contradiction: 422', async () => {
    const fork = new Log(70, 'fork', 30)
    const answer = await witness.addCheckpoint(await fork.submission(40, 40))
    await expectUnchanged(answer, 422)
    expect(answer.contradiction).toMatchObject({ kind: 'same-size', origin, held: { size: 40 } })
    expect(answer.contradiction?.offered.note).toBe(await fork.checkpoint(40))
  })

  it('and reports that contradiction also when the old size is wrong: 409', async () => {
    const answer = await witness.addCheckpoint(await new Log(70, 'fork').submission(0, 40))
    await expectUnchanged(answer, 409)
    expect(answer.contradiction?.kind).toBe('same-size')
  })

  it('a fork that grew, with a proof that is right within the fork: 422', async () => {
    const fork = new Log(70, 'fork', 39)
    const answer = await witness.addCheckpoint(await fork.submission(40, 60))
    await expectUnchanged(answer, 422)
    expect(answer.contradiction).toMatchObject({ kind: 'not-consistent', offered: { size: 60 } })
  })

  it('a fork with a proof of the true log: 422', async () => {
    const fork = new Log(70, 'fork', 40)
    const answer = await witness.addCheckpoint(
      body(40, await consistencyProof(40, 60, log.read), await fork.checkpoint(60)),
    )
    await expectUnchanged(answer, 422)
  })

  it('a proof that is altered, too short, too long, or for other sizes: 422', async () => {
    const proof = await consistencyProof(40, 60, log.read)
    const note = await log.checkpoint(60)
    const wrong = [
      [],
      proof.slice(1),
      [...proof, Buffer.alloc(32)],
      proof.toReversed(),
      await consistencyProof(39, 60, log.read),
    ]
    for (const each of wrong) await expectUnchanged(await witness.addCheckpoint(body(40, each, note)), 422)
    const same = body(40, [Buffer.alloc(32)], await log.checkpoint(40))
    await expectUnchanged(await witness.addCheckpoint(same), 422)
  })

  it('a log that it does not know: 404', async () => {
    const note = signNote(formatCheckpoint({ origin: 'other', size: 1, root: emptyRoot() }), {
      name: 'other',
      signer: logSigner,
    })
    await expectUnchanged(await witness.addCheckpoint(body(0, [], note)), 404)
  })

  it('a checkpoint without the log’s signature, or with a wrong one: 403', async () => {
    const stranger = generateSigner('ed25519')
    const strange = await log.checkpoint(60, stranger)
    await expectUnchanged(await witness.addCheckpoint(body(40, [], strange)), 403)
    const elsewhere = await log.checkpoint(60, logSigner, 'another/name')
    await expectUnchanged(await witness.addCheckpoint(body(40, [], elsewhere)), 403)
    const altered = (await log.submission(40, 60)).replace('\n60\n', '\n61\n')
    await expectUnchanged(await witness.addCheckpoint(altered), 403)
  })

  it('a first checkpoint of size 0 with another root, or with a proof: 422', async () => {
    held.clear()
    const wrongRoot = signNote(formatCheckpoint({ origin, size: 0, root: Buffer.alloc(32) }), {
      name: origin,
      signer: logSigner,
    })
    expect((await witness.addCheckpoint(body(0, [], wrongRoot))).status).toBe(422)
    const proof = [Buffer.alloc(32)]
    expect((await witness.addCheckpoint(body(0, proof, await log.checkpoint(5)))).status).toBe(422)
    expect(held.size).toBe(0)
  })

  it('what is not a submission: 400', async () => {
    const whole = await log.submission(40, 60)
    const note = await log.checkpoint(60)
    const hash = `${Buffer.alloc(32).toString('base64')}\n`
    const garbage = [
      '',
      '\n\n',
      'old 40\n',
      whole.replace('old ', 'new '),
      whole.replace('old 40', 'old 040'),
      whole.replace('old 40', 'old -40'),
      whole.replace('old 40', 'old 4e1'),
      whole.replace('old 40', 'old  40'),
      whole.replace('old 40', 'old 9007199254740993'),
      whole.replaceAll('\n', '\r\n'),
      whole.slice(0, -1),
      whole.replace('=\n', '\n'),
      `old 40\nAAAA\n\n${note}`,
      `old 40\n${hash.repeat(64)}\n${note}`,
      `old 40\n\n${note.replace('\n60\n', '\nsixty\n')}`,
      `old 40\n\n${'x'.repeat(70_000)}${note}`,
    ]
    for (const each of garbage) await expectUnchanged(await witness.addCheckpoint(each), 400)
    const broken = Buffer.concat([Buffer.from(whole), Buffer.of(0xff)])
    await expectUnchanged(await witness.addCheckpoint(broken), 400)
  })

  it('any noise without falling over', async () => {
    const whole = await log.submission(40, 60)
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
        const bytes = Buffer.from(whole)
        if (bytes[at] === byte) return
        bytes[at] = byte
        const answer = await witness.addCheckpoint(bytes)
        // What is left of the log's own signature lines is covered by nothing but itself.
        expect([400, 403, 404, 409, 422]).toContain(answer.status)
        expect(held.get(origin)?.size).toBe(40)
      }),
    )
  })
})

it('of two submissions at once, one is cosigned and the other told the new size', async () => {
  const log = new Log(20)
  const submissions = await Promise.all([log.submission(0, 10), log.submission(0, 20)])
  const answers = await Promise.all(submissions.map((each) => witness.addCheckpoint(each)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(answers.find(({ status }) => status === 409)?.body).toBe(`${held.get(origin)?.size}\n`)
})

it('a witness needs an Ed25519 key and a usable name', () => {
  const make = (name: string, signer: Signer) => () =>
    new Witness({
      name,
      signer,
      clock: () => now,
      logs: () => undefined,
      store: { read: async () => undefined, compareAndSet: async () => true },
    })
  expect(make(witnessName, generateSigner('ecdsa-p256-sha256'))).toThrow(TypeError)
  expect(make('two words', witnessSigner)).toThrow(TypeError)
})
