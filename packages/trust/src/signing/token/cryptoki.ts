import { type ArgumentType, DynamicLibrary, getRawPointer } from 'node:ffi'
import { results } from './constants.ts'
import type { SignOrder, TokenObject, TokenOperations, TokenSlot } from './protocol.ts'

/**
 * PKCS#11 over `node:ffi`. Only the process of `process.ts` loads this: the interface needs a flag of its own, a call
 * may take long, and a module that crashes must not take its caller along. CK_ULONG is 64 bits, as on Linux and macOS.
 */

/** A call of the module gave another result than CKR_OK. */
export class CryptokiError extends Error {
  readonly call: string
  readonly result: number

  constructor(call: string, result: number) {
    super(`${call}: ${result}`)
    this.call = call
    this.result = result
  }
}

const word = 8
const unavailable = 0xffff_ffff_ffff_ffffn
/** Objects that are asked for at a time, and those that are looked at altogether: an HSM has keys of thousands. */
const objectsAtOnce = 256
const mostObjects = 65_536
const mostSignature = 2048

const signatures = [
  ['C_Initialize', ['pointer']],
  ['C_GetSlotList', ['uint8', 'pointer', 'pointer']],
  ['C_GetTokenInfo', ['uint64', 'pointer']],
  ['C_OpenSession', ['uint64', 'uint64', 'pointer', 'pointer', 'pointer']],
  ['C_CloseSession', ['uint64']],
  ['C_Login', ['uint64', 'uint64', 'pointer', 'uint64']],
  ['C_FindObjectsInit', ['uint64', 'pointer', 'uint64']],
  ['C_FindObjects', ['uint64', 'pointer', 'uint64', 'pointer']],
  ['C_FindObjectsFinal', ['uint64']],
  ['C_GetAttributeValue', ['uint64', 'uint64', 'pointer', 'uint64']],
  ['C_SignInit', ['uint64', 'pointer', 'uint64']],
  ['C_Sign', ['uint64', 'pointer', 'uint64', 'pointer', 'pointer']],
] as const satisfies readonly (readonly [string, readonly ArgumentType[]])[]

type CallName = (typeof signatures)[number][0]
type Argument = bigint | number | Buffer | null

/** Memory whose address stays: a pooled or small buffer may be moved. */
function memory(bytes: number): Buffer {
  return Buffer.from(new ArrayBuffer(Math.max(bytes, 1)))
}

function copied(bytes: Uint8Array): Buffer {
  const buffer = memory(bytes.length)
  buffer.set(bytes)
  return buffer
}

function words(...values: readonly (bigint | number)[]): Buffer {
  const buffer = memory(values.length * word)
  values.forEach((value, at) => {
    buffer.writeBigUInt64LE(BigInt(value), at * word)
  })
  return buffer
}

export class Cryptoki implements TokenOperations {
  #call: (name: CallName, ...values: Argument[]) => number = () => results.notInitialised
  #session = 0n
  /** What the module is given the address of: it must not be collected before the call is over. */
  readonly #held: Buffer[] = []

  load(module: string): void {
    const library = new DynamicLibrary(module)
    const functions = new Map<string, (...values: Argument[]) => bigint>()
    for (const [name, types] of signatures) {
      const signature: { arguments: readonly ArgumentType[]; return: 'uint64' } = {
        arguments: types,
        return: 'uint64',
      }
      functions.set(name, library.getFunction(name, signature))
    }
    this.#call = (name, ...values) => {
      const result = functions.get(name)?.(...values)
      return Number(result ?? results.generalError)
    }
    this.#check('C_Initialize', [null], [results.alreadyInitialised])
  }

  slots(): TokenSlot[] {
    const count = memory(word)
    const withToken = 1
    this.#check('C_GetSlotList', [withToken, null, count])
    const list = memory(Number(count.readBigUInt64LE()) * word)
    this.#check('C_GetSlotList', [withToken, list, count])
    return Array.from({ length: Number(count.readBigUInt64LE()) }, (_, at) =>
      this.#tokenInfo(list.readBigUInt64LE(at * word)),
    ).filter((slot) => slot !== undefined)
  }

  /** CK_TOKEN_INFO; undefined for one that was taken out while the slots were listed. */
  #tokenInfo(slot: bigint): TokenSlot | undefined {
    const info = memory(256)
    if (this.#call('C_GetTokenInfo', slot, info) !== results.ok) return undefined
    const text = (start: number, length: number) => info.toString('utf8', start, start + length).trimEnd()
    return {
      slot: Number(slot),
      label: text(0, 32),
      manufacturer: text(32, 32),
      model: text(64, 16),
      serial: text(80, 16),
      flags: Number(info.readBigUInt64LE(96)),
    }
  }

  login({ slot, login, pin }: Parameters<TokenOperations['login']>[0]): void {
    if (this.#session !== 0n) this.#call('C_CloseSession', this.#session)
    this.#session = 0n
    const session = memory(word)
    const serialSession = 0x4
    this.#check('C_OpenSession', [BigInt(slot), BigInt(serialSession), null, null, session])
    this.#session = session.readBigUInt64LE()
    if (login) this.#login(1n, pin)
  }

  /** 1: the user; 2: the user again, for the signature that was just begun. */
  #login(who: 1n | 2n, pin: string | undefined): void {
    const bytes = pin === undefined ? null : copied(Buffer.from(pin, 'utf8'))
    try {
      const length = BigInt(bytes?.length ?? 0)
      this.#check('C_Login', [this.#session, who, bytes, length], [results.alreadyLoggedIn])
    } finally {
      bytes?.fill(0)
    }
  }

  objects({ filter, wanted }: Parameters<TokenOperations['objects']>[0]): TokenObject[] {
    const template = words(
      ...[...filter].flatMap(([type, value]) => [type, this.#addressOf(copied(value)), value.length]),
    )
    this.#check('C_FindObjectsInit', [this.#session, template, BigInt(filter.size)])
    const handles: bigint[] = []
    try {
      for (let more = this.#nextObjects(); more.length > 0; more = this.#nextObjects()) {
        handles.push(...more)
        if (handles.length >= mostObjects) break
      }
    } finally {
      this.#call('C_FindObjectsFinal', this.#session)
      this.#held.length = 0
    }
    return handles.map((handle) => {
      const read = wanted.flatMap((type) => {
        const value = this.#attribute(handle, type)
        return value ? [[type, value] as const] : []
      })
      return { handle: Number(handle), values: new Map(read) }
    })
  }

  #nextObjects(): bigint[] {
    const found = memory(objectsAtOnce * word)
    const count = memory(word)
    this.#check('C_FindObjects', [this.#session, found, BigInt(objectsAtOnce), count])
    const length = Number(count.readBigUInt64LE())
    return Array.from({ length }, (_, at) => found.readBigUInt64LE(at * word))
  }

  /** Undefined when the object has no such attribute, or does not show it. */
  #attribute(handle: bigint, type: number): Buffer | undefined {
    const asked = words(type, 0, 0)
    const get = () => this.#call('C_GetAttributeValue', this.#session, handle, asked, 1n)
    if (get() !== results.ok) return undefined
    const length = asked.readBigUInt64LE(2 * word)
    if (length === unavailable || length > 65_536n) return undefined
    const value = memory(Number(length))
    asked.writeBigUInt64LE(this.#addressOf(value), word)
    const result = get()
    this.#held.length = 0
    if (result !== results.ok) return undefined
    return Buffer.from(value.subarray(0, Number(asked.readBigUInt64LE(2 * word))))
  }

  sign({ key, mechanism, parameter, data, pin, authenticate }: SignOrder): Uint8Array[] {
    const address = parameter.length === 0 ? 0n : this.#addressOf(copied(parameter))
    const how = words(mechanism, address, parameter.length)
    const signature = memory(mostSignature)
    const length = memory(word)
    try {
      return data.map((bytes) => {
        this.#check('C_SignInit', [this.#session, how, BigInt(key)])
        if (authenticate) this.#login(2n, pin)
        length.writeBigUInt64LE(BigInt(mostSignature))
        this.#check('C_Sign', [this.#session, copied(bytes), BigInt(bytes.length), signature, length])
        return Buffer.from(signature.subarray(0, Number(length.readBigUInt64LE())))
      })
    } finally {
      this.#held.length = 0
    }
  }

  #addressOf(buffer: Buffer): bigint {
    this.#held.push(buffer)
    return getRawPointer(buffer)
  }

  #check(name: CallName, values: Argument[], alsoFine: readonly number[] = []): void {
    const result = this.#call(name, ...values)
    if (result !== results.ok && !alsoFine.includes(result)) throw new CryptokiError(name, result)
  }
}
