import { Problem } from '@sapan/kernel'
import type { Signer } from '../keys/signer.ts'
import { verifySignature } from '../keys/signer.ts'
import { trustProblems } from '../problems.ts'
import { cosignedMessage, readTimestamp64, timestampBytes } from './cosigned-message.ts'
import { isKeyName, type NoteVerifier, noteKeyId, noteSignature, parseVkey } from './vkey.ts'

/** A note's limits: a checkpoint with many cosignatures stays far below. */
const noteBytes = 1 << 20
const mostSignatures = 100

/** One signature line of a note. */
export interface NoteSignature {
  readonly name: string
  /** Four bytes in hex. */
  readonly keyId: string
  /** What follows the key id. */
  readonly signature: Buffer
  /** The line as it stood, with its newline. */
  readonly line: string
}

/** A note, read but not verified. */
export interface Note {
  /** The signed text, with its last newline. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** A signature that verified. */
export interface VerifiedSignature extends NoteSignature {
  readonly verifier: NoteVerifier
  /** For a cosignature: when, in milliseconds since 1970. */
  readonly at?: number
}

/** A note with at least one valid signature of a known key. */
export interface VerifiedNote {
  readonly text: string
  readonly signatures: readonly VerifiedSignature[]
}

export interface NoteSigner {
  /** The key's name; for a log, its origin. */
  readonly name: string
  /** Ed25519. */
  readonly signer: Signer
}

/** The text as a signed note (c2sp.org/signed-note) with one Ed25519 signature. The text must end in a newline. */
export function signNote(text: string, { name, signer }: NoteSigner): string {
  if (!text.endsWith('\n') || hasControls(text)) {
    throw new TypeError('a note text ends in a newline and has no other control characters')
  }
  const keyId = noteKeyId(name, noteSignature, signer.publicKey)
  return `${text}\n${signatureLine(name, keyId, signer.sign(Buffer.from(text)))}`
}

/** `— <name> <base64 of key id and signature>` and a newline. */
export function signatureLine(name: string, keyId: string, signature: Uint8Array): string {
  return `— ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64')}\n`
}

/** The note with signature lines added (a witness's answer), each once. Throws `note-malformed`. */
export function addSignatures(note: string, lines: string): string {
  const held = new Set(parseNote(note).signatures.map(({ line }) => line))
  const added = parseSignatureLines(lines).filter(({ line }) => !held.has(line))
  return note + added.map(({ line }) => line).join('')
}

/** Reads a signed note; throws `note-malformed` for anything that is not one. Verifies nothing. */
export function parseNote(note: string): Note {
  if (note.length > noteBytes || !note.isWellFormed() || hasControls(note)) throw malformed()
  const split = note.lastIndexOf('\n\n')
  if (split < 0) throw malformed()
  return { text: note.slice(0, split + 1), signatures: parseSignatureLines(note.slice(split + 2)) }
}

function parseSignatureLines(lines: string): NoteSignature[] {
  if (!lines.endsWith('\n')) throw malformed()
  const parts = lines.slice(0, -1).split('\n')
  if (parts.length > mostSignatures) throw malformed()
  return parts.map(parseSignatureLine)
}

function parseSignatureLine(line: string): NoteSignature {
  const [dash, name, encoded, ...more] = line.split(' ')
  if (dash !== '—' || name === undefined || encoded === undefined || more.length > 0) throw malformed()
  const bytes = Buffer.from(encoded, 'base64')
  if (!isKeyName(name) || bytes.length < 5 || bytes.toString('base64') !== encoded) throw malformed()
  return {
    name,
    keyId: bytes.toString('hex', 0, 4),
    signature: bytes.subarray(4),
    line: `${line}\n`,
  }
}

/**
 * Reads the note and verifies it with the keys given (vkeys; signatures of other keys are ignored). Throws
 * `note-malformed`, or `note-untrusted` when no known key signed it or a known key's signature is wrong.
 */
export function verifyNote(note: string, vkeys: readonly (string | NoteVerifier)[]): VerifiedNote {
  const verifiers = vkeys.map((key) => (typeof key === 'string' ? parseVkey(key) : key))
  const { text, signatures } = parseNote(note)
  const verified = new Map<string, VerifiedSignature>()
  for (const signature of signatures) {
    const verifier = verifiers.find(({ name, keyId }) => name === signature.name && keyId === signature.keyId)
    if (!verifier) continue
    const key = `${verifier.name}+${verifier.keyId}`
    if (!verified.has(key)) verified.set(key, verifyLine(text, signature, verifier))
  }
  if (verified.size === 0) throw untrusted('no signature of a known key')
  return { text, signatures: [...verified.values()] }
}

function verifyLine(text: string, line: NoteSignature, verifier: NoteVerifier): VerifiedSignature {
  if (verifier.type === noteSignature) {
    if (!verifySignature('ed25519', verifier.publicKey, Buffer.from(text), line.signature)) {
      throw untrusted(`the signature of ${verifier.name} is wrong`)
    }
    return { ...line, verifier }
  }
  const seconds = readTimestamp64(line.signature)
  const message = seconds === undefined ? undefined : cosignedMessage(text, seconds)
  const signature = line.signature.subarray(timestampBytes)
  if (
    seconds === undefined ||
    !message ||
    !verifySignature('ed25519', verifier.publicKey, message, signature)
  ) {
    throw untrusted(`the cosignature of ${verifier.name} is wrong`)
  }
  return { ...line, verifier, at: seconds * 1000 }
}

/** Control characters other than newline. */
function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a note must not have
  return /[\x00-\x09\x0b-\x1f]/.test(text)
}

function malformed(): Problem {
  return new Problem(trustProblems['note-malformed'])
}

function untrusted(reason: string): Problem {
  const type = trustProblems['note-untrusted']
  return new Problem(type, { detail: { th: type.title.th, en: `${type.title.en}: ${reason}` } })
}
