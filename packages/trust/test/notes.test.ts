import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addSignatures,
  cosign,
  cosignerVkey,
  formatCheckpoint,
  generateSigner,
  parseCheckpoint,
  parseNote,
  parseVkey,
  signNote,
  verifyCosignature,
  verifyNote,
  vkey,
} from '../src/index.ts'

const exampleKey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const exampleNote = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`

const exampleCheckpoint = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`

const log = generateSigner('ed25519')
const witness = generateSigner('ed25519')
const origin = 'sapan.example/TH/GOV/DOPA/1'
const witnessName = 'center.example/witness'

describe('signed notes', () => {
  it('verify as in the example of the specification', () => {
    const { text, signatures } = verifyNote(exampleNote, [exampleKey])
    expect(text).toBe('This is an example message.\n')
    expect(signatures.map(({ name }) => name)).toEqual(['example.com/foo'])
  })

  it('give the key back as it was written', () => {
    const { name, publicKey, type } = parseVkey(exampleKey)
    expect(type).toBe(1)
    expect(vkey(name, publicKey)).toBe(exampleKey)
  })

  it('hold any text, and any altered byte is refused', () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 60 })
      .map((s) => `${s.replaceAll(/\p{Cc}/gu, '')}\n`)
    fc.assert(
      fc.property(text, fc.nat(), (body, at) => {
        const note = signNote(body, { name: origin, signer: log })
        expect(verifyNote(note, [vkey(origin, log.publicKey)]).text).toBe(body)
        const bytes = Buffer.from(note)
        const index = at % bytes.length
        bytes[index] = (bytes[index] ?? 0) ^ 1
        expect(() => verifyNote(bytes.toString(), [vkey(origin, log.publicKey)])).toThrow(/^note-/)
      }),
    )
  })

  it('may have empty lines in their text', () => {
    const note = signNote('one\n\n\ntwo\n\n', { name: origin, signer: log })
    expect(verifyNote(note, [vkey(origin, log.publicKey)]).text).toBe('one\n\n\ntwo\n\n')
  })

  it('ignore signatures of unknown keys, but need one known', () => {
    const other = generateSigner('ed25519')
    const note = addSignatures(
      signNote('text\n', { name: origin, signer: log }),
      signNote('text\n', { name: origin, signer: other }).split('\n\n')[1] ?? '',
    )
    expect(verifyNote(note, [vkey(origin, log.publicKey)]).signatures).toHaveLength(1)
    const third = vkey(origin, generateSigner('ed25519').publicKey)
    expect(() => verifyNote(note, [third])).toThrow('note-untrusted')
  })

  it('are refused whole when a known key signed wrongly, even beside a good signature', () => {
    const good = signNote('text\n', { name: origin, signer: log })
    const bad = signNote('other\n', { name: witnessName, signer: witness }).split('\n\n')[1] ?? ''
    const keys = [vkey(origin, log.publicKey), vkey(witnessName, witness.publicKey)]
    expect(() => verifyNote(good + bad, keys)).toThrow('note-untrusted')
  })

  it.each([
    ['nothing', ''],
    ['no signature', 'text\n'],
    ['an empty signature block', 'text\n\n'],
    ['no newline at the end', exampleNote.slice(0, -1)],
    ['a carriage return', exampleNote.replace('\n', '\r\n')],
    ['a tab', exampleNote.replace('an example', 'an\texample')],
    ['a hyphen for the dash', exampleNote.replace('—', '-')],
    ['two spaces', exampleNote.replace('— ', '—  ')],
    ['loose base64', exampleNote.replace('aQM=', 'aQM')],
    ['too short a signature', 'text\n\n— name AAAAAA==\n'],
    ['half a surrogate', `\ud800${exampleNote}`],
  ])('with %s are malformed', (_, note) => {
    expect(() => parseNote(note)).toThrow('note-malformed')
  })

  it.each([
    '',
    'name',
    exampleKey.replace('530d903a', '530d903b'),
    exampleKey.replace('530d903a', '530D903A'),
    exampleKey.replace('+Aeky', '+Buky'),
    exampleKey.slice(0, -1),
    ` ${exampleKey}`,
  ])('are not verified with a broken key: %s', (key) => {
    expect(() => parseVkey(key)).toThrow('note-malformed')
  })

  it('are signed only under a usable name, with Ed25519', () => {
    expect(() => signNote('text\n', { name: 'a b', signer: log })).toThrow(TypeError)
    expect(() => signNote('text\n', { name: 'a+b', signer: log })).toThrow(TypeError)
    expect(() => signNote('text', { name: origin, signer: log })).toThrow(TypeError)
    expect(() => signNote('text\n', { name: origin, signer: generateSigner('ecdsa-p256-sha256') })).toThrow(
      TypeError,
    )
  })
})

describe('checkpoints', () => {
  it('are read as in the example of the specification', () => {
    const { text, signatures } = parseNote(exampleCheckpoint)
    const checkpoint = parseCheckpoint(text)
    expect(checkpoint).toMatchObject({
      origin: 'example.com/behind-the-sofa',
      size: 20_852_163,
      extensions: [],
    })
    expect(formatCheckpoint(checkpoint)).toBe(text)
    expect(signatures.map(({ name, keyId }) => [name, keyId])).toEqual([
      ['example.com/behind-the-sofa', '033de0ae'],
      ['witness.example.com/w1', '8d66cf3f'],
    ])
  })

  it('are read back', () => {
    const line = fc.string({ minLength: 1, maxLength: 20 }).filter((s) => !s.includes('\n'))
    const parts = fc.record({
      origin: line,
      size: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
      root: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
      extensions: fc.array(line, { maxLength: 3 }),
    })
    fc.assert(
      fc.property(parts, (checkpoint) => {
        expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(checkpoint)
      }),
    )
  })

  const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='
  it.each([
    ['no newline at the end', `origin\n1\n${root}`],
    ['no origin', `\n1\n${root}\n`],
    ['no root', 'origin\n1\n'],
    ['a leading zero', `origin\n01\n${root}\n`],
    ['a sign', `origin\n+1\n${root}\n`],
    ['a size beyond 2⁵³', `origin\n9007199254740993\n${root}\n`],
    ['a short root', 'origin\n1\nCsUY\n'],
    ['a root in loose base64', `origin\n1\n${root.slice(0, -1)}\n`],
    ['an empty extension', `origin\n1\n${root}\n\nmore\n`],
  ])('with %s are malformed', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow('checkpoint-malformed')
  })
})

describe('cosignatures', () => {
  const root = Buffer.alloc(32, 7)
  const note = signNote(formatCheckpoint({ origin, size: 5, root }), { name: origin, signer: log })
  const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
  const line = cosign(note, { name: witnessName, signer: witness, at })
  const key = cosignerVkey(witnessName, witness.publicKey)

  it('tell when the witness saw the checkpoint, to the second', () => {
    expect(verifyCosignature(note + line, key)).toBe(Date.UTC(2026, 0, 2, 3, 4, 5))
    expect(verifyCosignature(note, key, line)).toBe(Date.UTC(2026, 0, 2, 3, 4, 5))
  })

  it('verify beside the log’s signature, each once', () => {
    const both = verifyNote(addSignatures(note + line, line), [vkey(origin, log.publicKey), key])
    expect(both.signatures.map(({ name, at: seen }) => [name, seen === undefined])).toEqual([
      [origin, true],
      [witnessName, false],
    ])
  })

  it('do not stand for another checkpoint, time, or signature type', () => {
    const other = signNote(formatCheckpoint({ origin, size: 6, root }), { name: origin, signer: log })
    expect(() => verifyCosignature(other, key, line)).toThrow('note-untrusted')
    const bytes = Buffer.from(line.trimEnd().split(' ')[2] ?? '', 'base64')
    bytes[11] = (bytes[11] ?? 0) ^ 1
    const moved = `— ${witnessName} ${bytes.toString('base64')}\n`
    expect(() => verifyCosignature(note, key, moved)).toThrow('note-untrusted')
    expect(() => verifyNote(note + line, [vkey(witnessName, witness.publicKey)])).toThrow('note-untrusted')
  })

  it('without a time are refused', () => {
    const bytes = Buffer.concat([Buffer.from(parseVkey(key).keyId, 'hex'), Buffer.alloc(8), Buffer.alloc(64)])
    const line0 = `— ${witnessName} ${bytes.toString('base64')}\n`
    expect(() => verifyCosignature(note, key, line0)).toThrow('note-untrusted')
  })
})
