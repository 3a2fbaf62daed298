import { type ComponentChild, h } from 'preact'
import encodeQR from 'qr'

/** A QR code as a picture in the page: no other server sees what is in it. */
export function qrPicture(text: string, label: string): ComponentChild {
  const rows = encodeQR(text, 'raw', { ecc: 'medium' })
  const path = rows
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('')
  return h(
    'svg',
    {
      viewBox: `0 0 ${rows.length} ${rows.length}`,
      width: 240,
      height: 240,
      role: 'img',
      'aria-label': label,
      'shape-rendering': 'crispEdges',
    },
    h('rect', { width: '100%', height: '100%', fill: '#fff' }),
    h('path', { d: path, fill: '#000' }),
  )
}
