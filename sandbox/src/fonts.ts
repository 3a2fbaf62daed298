const scripts = {
  thai: 'U+02D7,U+0303,U+0331,U+0E01-0E5B,U+200C-200D,U+25CC',
  latin: 'U+0000-00FF,U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212',
} as const

/**
 * The look's fonts for the pages of stand-ins, at `/assets/` of their own origin: whoever composes them serves the files.
 * Where nobody does, the pages have what the browser has.
 */
export const FONT_FACES = Object.entries(scripts)
  .flatMap(([script, range]) => [400, 700].map((weight) => face(script, weight, range)))
  .join('\n')

function face(script: string, weight: number, range: string): string {
  return `@font-face{font-family:Sarabun;font-weight:${weight};font-display:swap;src:url(/assets/sarabun-${script}-${weight}.woff2) format("woff2");unicode-range:${range}}`
}
