import { readFileSync } from 'node:fs'

/**
 * Draws what a terminal showed as an SVG, for the README: `node scripts/terminal-picture.ts TITLE < output.txt > x.svg`.
 * Lines that begin with "$ " are what was typed. Long lines go on in the next, as in a terminal.
 */
const columns = 104
const [title = 'sapan'] = process.argv.slice(2)
const lines = readFileSync(0, 'utf8').trimEnd().split('\n').flatMap(wrapped)
const [charWidth, lineHeight, margin, bar] = [7.8, 20, 18, 34]
const width = Math.round(columns * charWidth + 2 * margin)
const height = bar + 2 * margin + lines.length * lineHeight
const colours = {
  back: '#14213D',
  bar: '#083D5C',
  text: '#F4F7F9',
  typed: '#F2A71B',
  good: '#7FD6A0',
  bad: '#FF9CA8',
}

console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(title)}</title>
<rect width="${width}" height="${height}" rx="8" fill="${colours.back}"/>
<path d="M0 ${bar}V8a8 8 0 0 1 8-8H${width - 8}a8 8 0 0 1 8 8V${bar}z" fill="${colours.bar}"/>
<g fill="none" stroke-linecap="round" stroke-width="2"><path d="M18 21a6.5 8 0 0 1 13 0a6.5 8 0 0 1 13 0" stroke="${colours.typed}"/><path d="M16 23H46" stroke="#FFFFFF"/></g>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', 'Noto Sans Mono', Sarabun, 'Noto Sans Thai', Thonburi, Tahoma, monospace" font-size="13">
<text x="58" y="22" fill="${colours.text}">${escaped(title)}</text>
${lines.map(drawn).join('\n')}
</g>
</svg>`)

function drawn(line: string, index: number): string {
  const y = bar + margin + index * lineHeight + 14
  const sign = line.trimStart().charAt(0)
  const colour = line.startsWith('$ ')
    ? colours.typed
    : sign === '✓'
      ? colours.good
      : sign === '✗'
        ? colours.bad
        : colours.text
  return `<text x="${margin}" y="${y}" fill="${colour}">${escaped(line).replaceAll(' ', '\u00a0')}</text>`
}

/** A line as many as it takes in the terminal's width; what goes on is set in under it. */
function wrapped(line: string): string[] {
  if (line.length <= columns) return [line]
  const at = line.lastIndexOf(' ', columns)
  return [line.slice(0, at), ...wrapped(`    ${line.slice(at + 1)}`)]
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
