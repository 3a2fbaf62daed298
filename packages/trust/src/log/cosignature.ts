import { cosignedMessage, writeTimestamp64 } from './cosigned-message.ts'
import { addSignatures, type NoteSigner, parseNote, signatureLine, verifyNote } from './note.ts'
import { cosignatureV1, type NoteVerifier, noteKeyId } from './vkey.ts'

/**
 * A witness's signature line for a signed checkpoint (c2sp.org/tlog-cosignature, Ed25519, type 0x04). `at` is in
 * milliseconds; the line carries whole seconds. Checks nothing: that is `Witness`'s.
 */
export function cosign(note: string, { name, signer, at }: NoteSigner & { readonly at: number }): string {
  const { text } = parseNote(note)
  const seconds = Math.floor(at / 1000)
  const keyId = noteKeyId(name, cosignatureV1, signer.publicKey)
  const signature = signer.sign(cosignedMessage(text, seconds))
  return signatureLine(name, keyId, Buffer.concat([writeTimestamp64(seconds), signature]))
}

/**
 * Verifies the cosignature of `witness` (its vkey) on the note: on the note itself, or in `lines` as a witness
 * answers them. Returns when the witness saw it, in milliseconds. Throws `note-malformed` or `note-untrusted`.
 */
export function verifyCosignature(note: string, witness: string | NoteVerifier, lines = ''): number {
  const { signatures } = verifyNote(lines === '' ? note : addSignatures(note, lines), [witness])
  const at = signatures[0]?.at
  if (at === undefined) throw new TypeError('the vkey is not a witness key')
  return at
}
