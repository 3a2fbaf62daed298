import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem, writeOnce } from '@sapan/kernel'
import { trustProblems } from '../problems.ts'
import { exportPem, generateSigner, type SignatureAlgorithm, type Signer, signerFromPem } from './signer.ts'

/** Bytes of a secret: a key of AES-256 or HMAC-SHA-256. */
const secretBytes = 32

/**
 * A folder of private keys: `<name>.pem` (PKCS#8) and `<name>.secret` (32 random bytes), for the owner's eyes only.
 * A key is written once and never again: a new file is complete on disk before it gets its name, and taking a name
 * that exists fails. Several processes may share the folder; the first one's key wins.
 */
export class KeyFolder {
  readonly directory: string

  constructor(directory: string) {
    this.directory = directory
  }

  /**
   * The signer of that name, made on first use. Throws `key-corrupt`, `key-wrong-kind` (another algorithm lies
   * there), `key-exposed` (group or others may read it) or `key-folder-unusable`.
   */
  async loadOrCreate(name: string, algorithm: SignatureAlgorithm): Promise<Signer> {
    const file = `${checkName(name)}.pem`
    const text = (await this.#read(file)) ?? (await this.#create(file, keyText(generateSigner(algorithm))))
    const signer = withFile(file, () => readKeyText(text))
    if (signer.algorithm !== algorithm) {
      throw new Problem(trustProblems['key-wrong-kind'], {
        detail: {
          th: `${file}: พบ ${signer.algorithm} แต่ต้องการ ${algorithm}`,
          en: `${file}: found ${signer.algorithm}, expected ${algorithm}`,
        },
      })
    }
    return signer
  }

  /** The signer of that name, or undefined when there is none: never makes a key. Throws as `loadOrCreate`. */
  async load(name: string): Promise<Signer | undefined> {
    const file = `${checkName(name)}.pem`
    const text = await this.#read(file)
    return text === undefined ? undefined : withFile(file, () => readKeyText(text))
  }

  /** 32 random bytes of that name, made on first use. Throws as `loadOrCreate`. */
  async loadOrCreateSecret(name: string): Promise<Buffer> {
    const file = `${checkName(name)}.secret`
    const text = (await this.#read(file)) ?? (await this.#create(file, secretText(randomBytes(secretBytes))))
    return withFile(file, () => readSecretText(text))
  }

  /** The secret of that name, or undefined when there is none: never makes one. Throws as `loadOrCreate`. */
  async loadSecret(name: string): Promise<Buffer | undefined> {
    const file = `${checkName(name)}.secret`
    const text = await this.#read(file)
    return text === undefined ? undefined : withFile(file, () => readSecretText(text))
  }

  /** Keeps a secret of 32 bytes that was made elsewhere; what lies under that name already stays. Gives what then lies there. */
  async keepSecret(name: string, secret: Buffer): Promise<Buffer> {
    const file = `${checkName(name)}.secret`
    const text = await this.#create(file, secretText(secret))
    return withFile(file, () => readSecretText(text))
  }

  async #read(file: string): Promise<string | undefined> {
    const path = join(this.directory, file)
    try {
      const { mode } = await stat(path)
      if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw exposed(file)
      return await readFile(path, 'utf8')
    } catch (error) {
      if (error instanceof Problem) throw error
      if (codeOf(error) === 'ENOENT') return undefined
      throw unusable(error)
    }
  }

  /** Writes the file unless the name is taken; returns what then lies there. */
  async #create(file: string, text: string): Promise<string> {
    try {
      await this.#prepare()
      await writeOnce(join(this.directory, file), text, 0o600)
    } catch (error) {
      throw error instanceof Problem ? error : unusable(error)
    }
    const stored = await this.#read(file)
    if (stored === undefined) throw unusable(new Error(`${file} vanished`))
    return stored
  }

  async #prepare(): Promise<void> {
    const made = await mkdir(this.directory, { recursive: true, mode: 0o700 })
    // mkdir's mode passes through the umask, and holds for a new folder only.
    if (made !== undefined) await chmod(this.directory, 0o700)
  }
}

function checkName(name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(name)) throw new TypeError(`not a key name: ${name}`)
  return name
}

/** Some kinds of damage leave another valid key behind; the digest line makes every kind visible. */
const digestLine = /^# sha256 ([0-9a-f]{64})\n/

function withDigest(body: string): string {
  return `# sha256 ${sha256Hex(body)}\n${body}`
}

function checkDigest(text: string): string {
  const found = digestLine.exec(text)
  if (!found) return text
  const body = text.slice(found[0].length)
  if (sha256Hex(body) !== found[1]) throw new Problem(trustProblems['key-corrupt'])
  return body
}

function keyText(signer: Signer): string {
  return withDigest(exportPem(signer))
}

/** Keys put there by hand, without a digest line, are welcome. */
function readKeyText(text: string): Signer {
  return signerFromPem(checkDigest(text))
}

function secretText(secret: Buffer): string {
  return withDigest(`${secret.toString('base64')}\n`)
}

function readSecretText(text: string): Buffer {
  const body = digestLine.test(text) ? checkDigest(text) : undefined
  const secret = Buffer.from(body ?? '', 'base64')
  if (secret.length !== secretBytes) throw new Problem(trustProblems['key-corrupt'])
  return secret
}

/** Names the file in a problem found in its text. */
function withFile<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Problem) || error.detail) throw error
    throw new Problem(error.type, { detail: { th: `แฟ้ม ${file}`, en: `file ${file}` }, cause: error })
  }
}

function exposed(file: string): Problem {
  return new Problem(trustProblems['key-exposed'], {
    detail: { th: `แฟ้ม ${file}`, en: `file ${file}` },
  })
}

function unusable(cause: unknown): Problem {
  const code = codeOf(cause) ?? 'error'
  return new Problem(trustProblems['key-folder-unusable'], { detail: { th: code, en: code }, cause })
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
