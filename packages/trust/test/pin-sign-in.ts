import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import type { SignIn, TokenRequest } from '../src/index.ts'

/** Stands in for where people sign in: a file of users and the hashes of their PINs. */
export class PinSignIn implements SignIn {
  readonly shown: TokenRequest[] = []
  readonly #file: string
  ticket = ''

  constructor(file: string, pins: Readonly<Record<string, string>>) {
    this.#file = file
    const hashes = Object.entries(pins).map(([user, pin]) => [user, hashOf(pin).toString('hex')])
    writeFileSync(file, JSON.stringify(Object.fromEntries(hashes)), { mode: 0o600 })
  }

  async begin(ticket: string, request: TokenRequest) {
    this.ticket = ticket
    this.shown.push(request)
    return { status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from('<form>PIN?</form>') }
  }

  /** The user of that PIN. */
  userOf(user: string, pin: string): string | undefined {
    const hashes: Record<string, string> = JSON.parse(readFileSync(this.#file, 'utf8'))
    const hash = Buffer.from(hashes[user] ?? '', 'hex')
    return hash.length === 32 && timingSafeEqual(hash, hashOf(pin)) ? user : undefined
  }
}

const hashOf = (pin: string): Buffer => createHash('sha256').update(pin).digest()
