import type { PageImage } from '../layout/page-image.ts'
import type { PdfFileWriter, Reference } from './pdf-file.ts'
import { assertWhole, CHANNELS, type Png, pngSamples, readPng } from './png.ts'
import { array, dictionary, hexString } from './syntax.ts'

/** Writes a picture as an image XObject (ISO 32000-1 §8.9.5), in RGB or grey: CMYK has no place under an sRGB intent. */
export function writeImage(file: PdfFileWriter, image: PageImage): Reference {
  return image.kind === 'jpeg' ? writeJpeg(file, image) : writePng(file, readPng(image.bytes))
}

const entries = (width: number, height: number, bits: number, space: string) => ({
  Type: '/XObject',
  Subtype: '/Image',
  Width: String(width),
  Height: String(height),
  BitsPerComponent: String(bits),
  ColorSpace: space,
})

function writeJpeg(file: PdfFileWriter, { bytes, width, height, components }: PageImage): Reference {
  const space = components === 1 ? '/DeviceGray' : '/DeviceRGB'
  return file.addStream({ ...entries(width, height, 8, space), Filter: '/DCTDecode' }, bytes)
}

function writePng(file: PdfFileWriter, png: Png): Reference {
  const hasAlpha = png.colourType >= 4 || png.transparency !== undefined
  if (hasAlpha || png.interlaced) return writeDecoded(file, png)
  // What goes into the file as it is, is unpacked once all the same: no reader may find it broken.
  assertWhole(png)
  const parameters = dictionary({
    Predictor: '15',
    Colors: String(CHANNELS[png.colourType]),
    BitsPerComponent: String(png.bits),
    Columns: String(png.width),
  })
  return file.addStream(
    {
      ...entries(png.width, png.height, png.bits, colourSpace(png)),
      Filter: '/FlateDecode',
      DecodeParms: parameters,
    },
    png.data,
  )
}

function colourSpace({ colourType, palette }: Png): string {
  if (colourType === 3 && palette)
    return array(['/Indexed', '/DeviceRGB', String(palette.length / 3 - 1), hexString(palette)])
  return colourType === 0 || colourType === 4 ? '/DeviceGray' : '/DeviceRGB'
}

/** Colours and alpha are two images in a PDF: the second is the first's soft mask (§11.6.5.3). */
function writeDecoded(file: PdfFileWriter, png: Png): Reference {
  const { colours, alpha, grey } = pixels(png)
  const mask = alpha && file.addPacked(entries(png.width, png.height, 8, '/DeviceGray'), alpha)
  return file.addPacked(
    { ...entries(png.width, png.height, 8, grey ? '/DeviceGray' : '/DeviceRGB'), SMask: mask },
    colours,
  )
}

interface Pixels {
  readonly colours: Uint8Array
  readonly alpha: Uint8Array | undefined
  readonly grey: boolean
}

function pixels(png: Png): Pixels {
  const samples = pngSamples(png)
  const count = png.width * png.height
  const grey = png.colourType === 0 || png.colourType === 4
  const channels = CHANNELS[png.colourType] ?? 1
  const colours = new Uint8Array(count * (grey ? 1 : 3))
  const alpha = png.colourType >= 4 || png.transparency ? new Uint8Array(count) : undefined
  const eight = (value: number) => (png.bits === 16 ? value >> 8 : (value * 255) / ((1 << png.bits) - 1))
  for (let pixel = 0; pixel < count; pixel++) {
    const first = samples[pixel * channels] ?? 0
    if (png.colourType === 3)
      for (let channel = 0; channel < 3; channel++)
        colours[pixel * 3 + channel] = png.palette?.[first * 3 + channel] ?? 0
    else
      for (let channel = 0; channel < (grey ? 1 : 3); channel++)
        colours[pixel * (grey ? 1 : 3) + channel] = eight(samples[pixel * channels + channel] ?? 0)
    if (alpha)
      alpha[pixel] =
        png.colourType >= 4
          ? eight(samples[pixel * channels + channels - 1] ?? 0)
          : keyed(png, samples, pixel)
  }
  return { colours, alpha, grey }
}

/** The alpha that tRNS gives: of a palette's entry, or none for the one colour that it names. */
function keyed({ colourType, transparency }: Png, samples: Uint8Array | Uint16Array, pixel: number): number {
  if (!transparency) return 255
  if (colourType === 3) return transparency[samples[pixel] ?? 0] ?? 255
  const channels = colourType === 0 ? 1 : 3
  for (let channel = 0; channel < channels; channel++) {
    const value = ((transparency[channel * 2] ?? 0) << 8) | (transparency[channel * 2 + 1] ?? 0)
    if (samples[pixel * channels + channel] !== value) return 255
  }
  return 0
}
