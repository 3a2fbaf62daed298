/**
 * Where somebody goes after signing in: a path of this face, whatever was asked for. What leads elsewhere, or what a
 * browser might read as such (`//host`, `/\host`, control characters), becomes `/`.
 */
export function safeNext(asked: string | null | undefined, origin: string): string {
  if (asked === null || asked === undefined || asked.length > 2000) return '/'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (!/^\/(?![/\\])/.test(asked) || /[\x00-\x1f\x7f\\]/.test(asked)) return '/'
  const url = URL.parse(asked, origin)
  if (url === null || url.origin !== origin) return '/'
  const path = url.pathname + url.search
  return path.startsWith('//') ? '/' : path
}
