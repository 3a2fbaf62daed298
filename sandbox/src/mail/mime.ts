/** What a letter shows of itself. What it does not have is empty. */
export interface LetterContent {
  readonly from: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

interface Part {
  /** By name in small letters; the first of a name counts. */
  readonly headers: ReadonlyMap<string, string>
  /** One character per octet. */
  readonly body: string
}

/** Parts within parts, and parts in all, beyond which nothing is looked at. */
const most = { depth: 6, parts: 64 }

/** Reads an Internet message (RFC 5322) and its parts (RFC 2045, 2046). Never throws: what makes no sense is left out. */
export function readLetter(raw: Buffer): LetterContent {
  const whole = partOf(raw.toString('latin1'))
  const leaves = leavesOf(whole, 0).slice(0, most.parts)
  const first = (type: string) => {
    const found = leaves.find((part) => contentType(part).type === type)
    return found === undefined ? '' : decoded(found)
  }
  return {
    from: readable(whole.headers.get('from') ?? ''),
    subject: readable(whole.headers.get('subject') ?? ''),
    text: first('text/plain'),
    html: first('text/html'),
  }
}

function partOf(text: string): Part {
  const end = /\r?\n\r?\n/.exec(text)
  const head = end === null ? text : text.slice(0, end.index)
  const headers = new Map<string, string>()
  for (const line of head.replace(/\r?\n(?=[ \t])/g, '').split(/\r?\n/)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim().toLowerCase()
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim())
  }
  return { headers, body: end === null ? '' : text.slice(end.index + end[0].length) }
}

/** The parts that have no parts of their own; attachments are none. */
function leavesOf(part: Part, depth: number): Part[] {
  const { type, parameters } = contentType(part)
  const boundary = parameters.get('boundary')
  if (!type.startsWith('multipart/')) {
    return /^attachment\b/i.test(part.headers.get('content-disposition') ?? '') ? [] : [part]
  }
  if (boundary === undefined || depth === most.depth) return []
  return piecesOf(part.body, boundary).flatMap((piece) => leavesOf(partOf(piece), depth + 1))
}

/** What stands between the lines with the boundary (RFC 2046 §5.1.1). */
function piecesOf(body: string, boundary: string): string[] {
  const pieces: string[][] = []
  for (const line of body.split(/\r?\n/)) {
    const mark = line.trimEnd()
    if (mark === `--${boundary}--` || pieces.length > most.parts) break
    if (mark === `--${boundary}`) pieces.push([])
    else pieces.at(-1)?.push(line)
  }
  return pieces.map((lines) => lines.join('\r\n'))
}

/** Without a type it is plain text (RFC 2045 §5.2). */
function contentType({ headers }: Part): { type: string; parameters: ReadonlyMap<string, string> } {
  const [type = '', ...rest] = (headers.get('content-type') ?? 'text/plain').split(';')
  const parameters = new Map<string, string>()
  for (const one of rest) {
    const equals = one.indexOf('=')
    const value = one.slice(equals + 1).trim()
    if (equals > 0) parameters.set(one.slice(0, equals).trim().toLowerCase(), value.replace(/^"(.*)"$/, '$1'))
  }
  return { type: type.trim().toLowerCase(), parameters }
}

function decoded(part: Part): string {
  const encoding = part.headers.get('content-transfer-encoding')?.toLowerCase()
  const octets =
    encoding === 'base64'
      ? Buffer.from(part.body, 'base64')
      : Buffer.from(encoding === 'quoted-printable' ? unquoted(part.body) : part.body, 'latin1')
  return inCharset(octets, contentType(part).parameters.get('charset') ?? 'utf-8')
}

/** Quoted-printable (RFC 2045 §6.7). */
function unquoted(text: string): string {
  return text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** A header's value for people: its encoded words (RFC 2047) decoded, on one line. */
function readable(value: string): string {
  return inCharset(Buffer.from(value, 'latin1'), 'utf-8')
    .replace(/\?=[ \t]+=\?/g, '?==?')
    .replace(/=\?([\w-]{1,40})\?([BQ])\?([^?\s]*)\?=/gi, (_, charset: string, kind: string, text: string) =>
      inCharset(
        kind.toUpperCase() === 'B'
          ? Buffer.from(text, 'base64')
          : Buffer.from(unquoted(text.replaceAll('_', ' ')), 'latin1'),
        charset,
      ),
    )
    .replace(/\s+/g, ' ')
    .slice(0, 1000)
}

function inCharset(octets: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(octets)
  } catch {
    // A character set that nobody knows.
    return octets.toString('utf8')
  }
}
