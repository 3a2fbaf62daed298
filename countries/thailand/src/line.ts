import { isNode, LineCounter, parseDocument } from 'yaml'

/** The line, from 1, in which the value under a JSON pointer (RFC 6901) stands in a YAML text; of what is not there, the nearest around it. */
export function lineOf(text: string, pointer: string): number {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, merge: true })
  const path = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}
