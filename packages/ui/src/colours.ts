/** The colours of every face, by the name that code and style sheets use. sRGB, `#RRGGBB`. */
export const colours = {
  ink: '#14213D',
  slate: '#44506B',
  river: '#0B5C8A',
  deepRiver: '#083D5C',
  saffron: '#F2A71B',
  paper: '#FFFFFF',
  mist: '#F4F7F9',
  riverMist: '#E7F0F6',
  line: '#C9D3DA',
  success: '#1B6E3C',
  successMist: '#E9F3EC',
  warning: '#8A5A00',
  warningMist: '#FBF3E2',
  danger: '#A6192E',
  dangerMist: '#FBECEE',
} as const

export type ColourName = keyof typeof colours

/** A colour that stands on another, and the contrast that it must have there. */
export interface ColourPair {
  readonly front: ColourName
  readonly back: ColourName
  /** WCAG 2.2: `AAA` 7:1 (1.4.6), `AA` 4.5:1 (1.4.3), `shape` 3:1 for what is not text (1.4.11). */
  readonly level: 'AAA' | 'AA' | 'shape'
  readonly use: string
}

/** Every pair that the style sheet uses. A pair that is not here is not used. */
export const colourPairs: readonly ColourPair[] = [
  { front: 'ink', back: 'paper', level: 'AAA', use: 'body text' },
  { front: 'ink', back: 'mist', level: 'AAA', use: 'body text on insets, code, footer' },
  { front: 'ink', back: 'riverMist', level: 'AAA', use: 'notices and tags that tell' },
  { front: 'ink', back: 'successMist', level: 'AAA', use: 'notices and tags of what succeeded' },
  { front: 'ink', back: 'warningMist', level: 'AAA', use: 'notices and tags of what needs care' },
  { front: 'ink', back: 'dangerMist', level: 'AAA', use: 'notices, tags and summaries of what is wrong' },
  { front: 'ink', back: 'line', level: 'AAA', use: 'a neutral tag under the pointer' },
  { front: 'slate', back: 'paper', level: 'AAA', use: 'hints' },
  { front: 'slate', back: 'mist', level: 'AAA', use: 'hints on insets' },
  { front: 'river', back: 'paper', level: 'AA', use: 'links' },
  { front: 'river', back: 'riverMist', level: 'AA', use: 'links and quiet buttons under the pointer' },
  { front: 'river', back: 'warningMist', level: 'AA', use: 'links in notices' },
  { front: 'river', back: 'dangerMist', level: 'AA', use: 'links in notices' },
  { front: 'river', back: 'successMist', level: 'AA', use: 'links in notices' },
  { front: 'river', back: 'line', level: 'shape', use: 'a quiet button as it is pressed' },
  { front: 'river', back: 'mist', level: 'AA', use: 'links on insets and in the footer' },
  { front: 'deepRiver', back: 'paper', level: 'AAA', use: 'links under the pointer' },
  { front: 'paper', back: 'deepRiver', level: 'AAA', use: 'header' },
  { front: 'paper', back: 'river', level: 'AA', use: 'buttons' },
  { front: 'paper', back: 'danger', level: 'AA', use: 'buttons that cannot be taken back' },
  { front: 'paper', back: 'success', level: 'AA', use: 'confirmation' },
  { front: 'paper', back: 'ink', level: 'AAA', use: 'a button as it is pressed' },
  { front: 'success', back: 'successMist', level: 'shape', use: 'signs in notices' },
  { front: 'warning', back: 'warningMist', level: 'shape', use: 'signs in notices' },
  { front: 'danger', back: 'dangerMist', level: 'AA', use: 'signs in notices; quiet buttons of danger' },
  { front: 'slate', back: 'line', level: 'shape', use: 'signs in neutral notices' },
  { front: 'success', back: 'paper', level: 'AA', use: 'what succeeded' },
  { front: 'warning', back: 'paper', level: 'AA', use: 'what needs care' },
  { front: 'danger', back: 'paper', level: 'AA', use: 'what failed' },
  { front: 'ink', back: 'saffron', level: 'AAA', use: 'text in focus' },
  { front: 'saffron', back: 'deepRiver', level: 'shape', use: 'the mark, and the focus ring in the header' },
]

const neededRatio = { AAA: 7, AA: 4.5, shape: 3 } as const

/** Contrast ratio of two colours (WCAG 2.2, "contrast ratio"): 1 to 21. */
export function contrast(front: string, back: string): number {
  const [light, dark] = [luminance(front), luminance(back)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Whether a pair has the contrast that its use needs. */
export function isReadable(pair: ColourPair): boolean {
  return contrast(colours[pair.front], colours[pair.back]) >= neededRatio[pair.level]
}

/** The colours as CSS custom properties: `--sapan-deep-river`. */
export function colourProperties(): string {
  const lines = Object.entries(colours).map(
    ([name, value]) => `  --sapan-${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}: ${value};`,
  )
  return `:root {\n${lines.join('\n')}\n}\n`
}

function luminance(hex: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}
