import { type EmbeddedFile, embeddedFiles, openPdf, PdfError } from '@sapan/documents/check'

/** Data that a document carries inside, to be read beside its page. */
export interface CarriedData {
  /** Of the file inside. */
  readonly name: string
  /** What the JSON says; without the envelope where it is of one of our templates. */
  readonly value?: unknown
  /** The text as it is, where it is XML. */
  readonly text?: string
}

/** Letters of a text that are shown; the file inside has all of them. */
const shown = 20_000
/** Bytes of a file inside that is read for showing. */
const most = 2 ** 20

/** The JSON and XML inside a PDF. Empty where there is none, or where the file cannot be read: the checker says so. */
export function carriedData(pdf: Uint8Array, password?: string): CarriedData[] {
  try {
    const file = openPdf(pdf, password === undefined ? {} : { password })
    return embeddedFiles(file).flatMap(dataIn)
  } catch (error) {
    if (error instanceof PdfError) return []
    throw error
  }
}

function dataIn({ name, mime, bytes }: EmbeddedFile): CarriedData[] {
  const kind = /[/+.](json|xml)$/i.exec(mime ?? '') ?? /\.(json|xml)$/i.exec(name)
  if (kind === null || bytes.length > most) return []
  const text = textOf(bytes)
  if (text === undefined) return []
  if (kind[1]?.toLowerCase() === 'json') {
    const value = jsonOf(text)
    if (value !== undefined) return [{ name, value: within(deepest, withoutEnvelope(value)) }]
  }
  return [{ name, text: text.length > shown ? `${text.slice(0, shown)}…` : text }]
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Things in each other that are handed on: none of ours has more, and what is deeper breaks who copies it. */
const deepest = 16

function within(depth: number, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return '…'
  if (Array.isArray(value)) return value.map((each) => within(depth - 1, each))
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, within(depth - 1, each)]))
}

function withoutEnvelope(value: unknown): unknown {
  const { template, version, data } = Object(value)
  return typeof template === 'string' && typeof version === 'number' && data !== undefined ? data : value
}
