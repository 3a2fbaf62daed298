import type { Language, Text } from '@sapan/kernel'

/** What an entry of a list is called by its place, of `count`: `child 2`. One that is alone has no number: `child`. */
export function entryName(
  one: Text,
  { at, count }: { readonly at: number; readonly count: number },
  language: Language,
): string {
  return count === 1 ? one[language] : `${one[language]} ${at + 1}`
}

/** The same as a heading: `Child 2`. */
export function entryHeading(...named: Parameters<typeof entryName>): string {
  const name = entryName(...named)
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}
