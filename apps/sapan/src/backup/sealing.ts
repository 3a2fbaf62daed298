import { Readable } from 'node:stream'
import { Problem } from '@sapan/kernel'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { problems } from '../problems.ts'

/** For whom a backup is sealed: public keys (`age1…`), or whoever knows the passphrase. */
export type SealedFor = { readonly recipients: readonly string[] } | { readonly passphrase: string }

/** With what one is opened. */
export type OpenedWith = { readonly identities: readonly string[] } | { readonly passphrase: string }

/** Seals bytes in age's format (age-encryption.org/v1), as they come. Throws `misuse` for what is no public key. */
export async function seal(bytes: AsyncIterable<Uint8Array>, whom: SealedFor): Promise<Readable> {
  const encrypter = new Encrypter()
  if ('passphrase' in whom) encrypter.setPassphrase(whom.passphrase)
  else for (const recipient of whom.recipients) addRecipient(encrypter, recipient)
  return fromWeb(await encrypter.encrypt(toWeb(bytes)))
}

function addRecipient(encrypter: Encrypter, recipient: string): void {
  try {
    encrypter.addRecipient(recipient)
  } catch {
    throw new Problem(problems.misuse, {
      detail: {
        th: `${recipient} ไม่ใช่กุญแจสาธารณะ (age1…)`,
        en: `${recipient} is no public key (age1…)`,
      },
    })
  }
}

/**
 * Opens what was sealed, as it comes: each chunk is genuine, and the last one is known as such. Throws `backup-locked`
 * where the key does not open it, `backup-damaged` where it is no sealed file; reading fails with `backup-damaged`.
 */
export async function open(
  bytes: AsyncIterable<Uint8Array>,
  how: OpenedWith,
): Promise<AsyncIterable<Buffer>> {
  const decrypter = new Decrypter()
  try {
    if ('passphrase' in how) decrypter.addPassphrase(how.passphrase)
    else for (const identity of how.identities) decrypter.addIdentity(identity)
    return genuine(fromWeb(await decrypter.decrypt(toWeb(bytes))))
  } catch (error) {
    if (error instanceof Problem) throw error
    const isLocked = error instanceof Error && /identity|passphrase|HRP|bech32/i.test(error.message)
    throw new Problem(problems[isLocked ? 'backup-locked' : 'backup-damaged'], { cause: error })
  }
}

async function* genuine(bytes: Readable): AsyncGenerator<Buffer> {
  try {
    yield* bytes
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(problems['backup-damaged'], { cause: error })
  }
}

/** A key pair for backups: who has the identity opens what was sealed for the recipient. */
export async function makeIdentity(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

function toWeb(bytes: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  return Readable.toWeb(Readable.from(bytes, { objectMode: false })) as ReadableStream<Uint8Array>
}

function fromWeb(stream: ReadableStream<Uint8Array>): Readable {
  return Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0])
}
