import { argon2, type BinaryLike, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { HashCost } from './ground.ts'

const hash = promisify(
  (
    parameters: {
      message: BinaryLike
      nonce: BinaryLike
      parallelism: number
      tagLength: number
      memory: number
      passes: number
    },
    done: (error: Error | null, tag: Buffer) => void,
  ) => argon2('argon2id', parameters, done),
)

const saltBytes = 16
const tagBytes = 32

/** What stands in the database of something that a person remembers. */
export interface Memorised {
  readonly salt: string
  readonly tag: string
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

/** OWASP's least for Argon2id, with some to spare; a hash takes some 30 ms. */
export const usualHashCost: HashCost = { memory: 19_456, passes: 2, parallelism: 1 }

/** Argon2id (RFC 9106) with a salt of its own. */
export async function memorise(secret: string, cost: HashCost): Promise<Memorised> {
  const salt = randomBytes(saltBytes)
  const { memory, passes, parallelism } = cost
  const tag = await tagOf(secret, salt, cost)
  return { salt: salt.toString('base64url'), tag: tag.toString('base64url'), memory, passes, parallelism }
}

/** Whether it is the same. Without anything to compare with, it takes as long and is not. */
export async function isSame(secret: string, has: Memorised | undefined, cost: HashCost): Promise<boolean> {
  const salt = has === undefined ? Buffer.alloc(saltBytes) : Buffer.from(has.salt, 'base64url')
  const tag = await tagOf(secret, salt, has ?? cost)
  return has !== undefined && timingSafeEqual(tag, Buffer.from(has.tag, 'base64url'))
}

/** Argon2id of a secret under a given salt of at least eight bytes. */
function tagOf(secret: string, salt: Uint8Array, cost: HashCost): Promise<Buffer> {
  const { memory, passes, parallelism } = cost
  const message = secret.normalize('NFKC')
  return hash({ message, nonce: salt, memory, passes, parallelism, tagLength: tagBytes })
}
