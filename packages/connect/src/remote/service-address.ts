import { addressInvalid } from '../problems.ts'

/** Where a service answers, and what it is to be told of who asks. */
export interface ServiceAddress {
  /** Without a slash at its end. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\x21-\x7e][\x20-\x7e]*)$/
/** These say how a message is cut, or where it goes. */
const OURS = ['host', 'content-length', 'transfer-encoding', 'connection', 'content-type', 'accept-encoding']

/**
 * An address is a URL, and under it headers as HTTP writes them: `Authorization: Bearer …`. A user and password in the URL are sent as
 * Basic (RFC 7617). Throws `connector-address-invalid`, which says nothing of what stands in it.
 */
export function serviceAddress(text: string | undefined): ServiceAddress {
  if (text === undefined) throw addressInvalid(missing)
  const [first = '', ...lines] = text.split(/\r?\n/).map((line) => line.trim())
  if (!URL.canParse(first)) throw addressInvalid(form)
  const url = new URL(first)
  if (!['http:', 'https:'].includes(url.protocol) || url.search !== '' || url.hash !== '')
    throw addressInvalid(form)
  const headers: Record<string, string> = {}
  if (url.username !== '')
    headers.authorization = `Basic ${Buffer.from(`${decoded(url.username)}:${decoded(url.password)}`).toString('base64')}`
  for (const line of lines.filter((one) => one !== '')) {
    const [, name = '', value = ''] = HEADER.exec(line) ?? []
    if (name === '' || OURS.includes(name.toLowerCase())) throw addressInvalid(form)
    headers[name.toLowerCase()] = value
  }
  return { url: `${url.origin}${url.pathname}`.replace(/\/+$/, ''), headers }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw addressInvalid(form)
  }
}

const missing = {
  th: 'ยังไม่ได้บอกที่อยู่ (https://host/path)',
  en: 'no address is given (https://host/path)',
}
const form = {
  th: 'บรรทัดแรกต้องเป็น https://host/path บรรทัดถัดไปเป็นหัวข้อ HTTP เช่น Authorization: Bearer …',
  en: 'the first line must be https://host/path, those after it headers of HTTP such as Authorization: Bearer …',
}
