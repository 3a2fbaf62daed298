import type { ImageSource } from './description.ts'

/** The right half of each part, around the axis x = 50: absolute M, L, C and Z only, so that it can be mirrored. */
const HALVES = [
  // crown
  'M50 1 L51.8 9 L54.2 14.5 L53.2 15.5 L56 20.5 L54.8 21.5 L57.6 27 L50 27 Z',
  // face, ear ornament
  'M50 28.5 L57 28.5 C58 33 56.5 38 53 41.5 L50 43 Z',
  'M58.5 28 C61.5 26 63.4 22 63.6 17.5 C66.6 23.5 64.6 31 59 34.5 Z',
  // collar, body
  'M50 45 L53.5 43.5 C56.5 46 60.5 47 65 47 L61.5 51.5 C58 53.5 54 54 50 54 Z',
  'M50 55.5 C53.5 55.5 57 55 60.5 53.8 C61.5 59.5 59.5 65 56.5 69 L50 69 Z',
  // raised arm with what it holds
  'M62.8 52.8 L67 47.6 C72 48.6 75.6 45.4 77.2 40.4 C78.3 36.8 78 33 76.6 29.6 L80.6 27.4 C83.6 33.4 83.8 40.4 81 46 C77.4 53.2 70.4 56.6 62.8 55.8 Z',
  'M76 28.2 C74 25 75 20.6 78.6 17 C79 20 80.6 21.6 83.6 21.4 C84.4 24 83.2 26 80.4 26.4 Z',
  // feathers of the wing
  'M84.6 46.4 C87.6 39.6 92.6 34.6 99 32 C98.4 40 93.6 47 85 51 Z',
  'M82.4 51.6 C88 48.6 93.6 47.4 99 48 C95.4 54 88.6 57.4 79.6 57 Z',
  'M77 57.8 C83.4 58 90 59.6 95.6 63 C89.4 66.6 81.4 66.4 73 62 Z',
  'M71 60.8 C77.4 64.6 83 69.4 87 75.4 C79.6 75.6 72 71.6 66 64.6 Z',
  'M64.2 61.8 C68.6 68 71.8 74.6 73.4 81.6 C67.2 79 62.6 74 59.8 67.6 Z',
  // girdle, leg with claws, middle cloth
  'M50 70.5 L57.4 70.5 C58.8 72 59.2 74 58.6 76 C56 77.2 53 77.6 50 77.6 Z',
  'M53.4 79 C61 77 69 79 70.6 84.6 C71.6 88.4 69.6 91.4 66.4 93.2 L73.6 93.4 C73.8 95.4 72.8 97 71 98 L58.6 98 C62 94.6 63.8 91 63 87.6 C62.2 84.4 58.6 83.6 55 84.6 Z',
  'M50 79 L51.8 79 C52.4 84 53.6 88 55.2 91.4 L50 99 Z',
]

const mirrored = (path: string): string => {
  let isX = false
  return path.replace(/[MLCZ]|-?\d+(?:\.\d+)?/g, (token) => {
    if (/[MLCZ]/.test(token)) {
      isX = true
      return token
    }
    const value = isX ? String(100 - Number(token)) : token
    isX = !isX
    return value
  })
}

/**
 * A stand-in for the Garuda emblem, drawn for Sapan: a bird with raised wings and a crown, plain on purpose. The royal
 * emblem is not ours to draw; an agency that may use it supplies its own file.
 */
export const GARUDA_PLACEHOLDER: ImageSource = {
  viewBox: [0, 0, 100, 100],
  path: HALVES.map((half) => `${half} ${mirrored(half)}`).join(' '),
}
