import { endingsOf } from './media-type.ts'

const longest = 100

/**
 * A name that can be shown and saved anywhere: without folders, without what cannot be seen or turns the text round,
 * with an ending that says what the file is. Pure.
 */
export function cleanFileName(name: string, mediaType: string): string {
  const base = name.slice(-2000).split(/[/\\]/).at(-1) ?? ''
  const plain = base
    .normalize('NFC')
    .replace(/[\p{C}\u2028\u2029<>:"|?*%;]/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const endings = endingsOf(mediaType)
  const has = endings.find((ending) => plain.toLowerCase().endsWith(ending))
  const stem = has === undefined ? plain : plain.slice(0, -has.length)
  const short = [...stem].slice(0, longest).join('').trim()
  const isReserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(short)
  return `${short === '' || isReserved ? 'file' : short}${has ?? endings[0] ?? ''}`
}
