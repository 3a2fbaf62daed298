import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { addressInvalid } from '../problems.ts'

/** Where a database server is, and who signs in. */
export interface ServerAddress {
  readonly host: string
  readonly port?: number
  readonly user: string
  readonly password: string
  readonly database: string
  /** PEM of who may have signed the server's certificate, where that is not known to the machine. */
  readonly ca?: string
  readonly encrypted: boolean
}

/**
 * What stands in `scheme://user:password@host:port/database?ca=FILE`; the file from `folder`. With `tls=off` nothing is encrypted.
 * Throws `connector-address-invalid`, which says nothing of what stands in it.
 */
export async function serverAddress(text: string, folder: string): Promise<ServerAddress> {
  const url = new URL(text)
  const database = decoded(url.pathname.slice(1))
  const { ca, tls, ...others } = Object.fromEntries(url.searchParams)
  const isWhole = url.hostname !== '' && url.username !== '' && database !== '' && !database.includes('/')
  if (!isWhole || Object.keys(others).length > 0 || ![undefined, 'off'].includes(tls))
    throw form(url.protocol)
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    user: decoded(url.username),
    password: decoded(url.password),
    database,
    ...(ca === undefined ? {} : { ca: await pemOf(resolve(folder, ca)) }),
    encrypted: tls !== 'off',
  }
}

async function pemOf(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '')
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  throw addressInvalid({
    th: `อ่านใบรับรอง (PEM) จากแฟ้มที่ ca= บอกไม่ได้`,
    en: `the file that ca= names holds no certificate in PEM`,
  })
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw addressInvalid({ th: 'อักขระ % ในที่อยู่เขียนผิดรูป', en: 'a % in the address is not well formed' })
  }
}

function form(scheme: string) {
  const said = `${scheme}//user:password@host/database`
  return addressInvalid({
    th: `ที่อยู่ไม่เป็นรูป ${said} (ต่อด้วย ?ca=แฟ้ม หรือ ?tls=off ได้)`,
    en: `the address is not of the form ${said} (?ca=FILE or ?tls=off may follow)`,
  })
}
