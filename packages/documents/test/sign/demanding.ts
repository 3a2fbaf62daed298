import { buildPdf, onePage } from '../pdf/build.ts'

/** A document whose one field, `Sign`, has these seed values; `more`: of the field. `catalog`: of the catalog. */
export function demanding(seed: string, more = '', catalog = ''): Uint8Array {
  const objects = onePage()
  return buildPdf(
    {
      ...objects,
      1: `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /SigFlags 3 >> ${catalog} >>`,
      3: (objects[3] ?? '').replace('/Contents', '/Annots [6 0 R] /Contents'),
      6: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Sign) /Rect [0 0 0 0] /F 132 /P 3 0 R /SV << /Type /SV ${seed} >> ${more} >>`,
    },
    { trailer: '/ID [<0011> <0011>]' },
  )
}
