import { tool } from '../../tool.ts'

/** What poppler's pdfsig says of each signature, without its certificates: `Signature is Valid.` */
export function pdfsig(file: string): { readonly validation: string; readonly total: boolean }[] {
  const { out } = tool('pdfsig', ['-nocert', file])
  return out
    .split(/^Signature #\d+:/m)
    .slice(1)
    .map((part) => ({
      validation: /Signature Validation: (.*)/.exec(part)?.[1] ?? '',
      total: part.includes('Total document signed'),
    }))
}
