/*
 * What the page gains where scripts run: a file may be dropped anywhere, waiting says what it is doing, and a picture of a
 * QR code is read here, in the browser. The page works without it.
 */

const form = document.getElementById('check')
const file = document.getElementById('file')

if (form instanceof HTMLFormElement && file instanceof HTMLInputElement) {
  const over = (/** @type {DragEvent} */ event) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    form.classList.add('dropping')
  }
  addEventListener('dragenter', over)
  addEventListener('dragover', over)
  addEventListener('dragleave', () => form.classList.remove('dropping'))
  addEventListener('drop', (event) => {
    form.classList.remove('dropping')
    if (!event.dataTransfer?.files.length || event.target instanceof HTMLInputElement) return
    event.preventDefault()
    file.files = event.dataTransfer.files
    form.requestSubmit()
  })
  const status = document.getElementById('working')
  let isSent = false
  form.addEventListener('submit', (event) => {
    // Pressed again while the file is on its way, it would only be sent twice.
    if (isSent) return event.preventDefault()
    isSent = true
    if (status) status.textContent = form.querySelector('button')?.dataset.working ?? ''
  })
  // Who comes back to this page finds it ready.
  addEventListener('pageshow', () => {
    isSent = false
    if (status) status.textContent = ''
  })
}

document.getElementById('error')?.focus()

const scan = document.getElementById('scan')
const code = document.getElementById('code')
const scanned = document.getElementById('scanned')

if (scan && scanned && code instanceof HTMLInputElement) {
  scan.hidden = false
  code.addEventListener('change', async () => {
    const [picture] = code.files ?? []
    if (!picture) return
    const text = await textOfCode(picture).catch(() => undefined)
    if (text === undefined) scanned.replaceChildren(line(scan.dataset.nothing ?? ''))
    else scanned.replaceChildren(...found(text, scan.dataset))
  })
}

/** @param {File} picture */
async function textOfCode(picture) {
  const { decodeQR } = await import('./qr/decode.js')
  const bitmap = await createImageBitmap(picture)
  const scale = Math.min(1, 1600 / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas')
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  const { width, height, data } = pen.getImageData(0, 0, canvas.width, canvas.height)
  return decodeQR({ width, height, data })
}

/**
 * What stands in the code. Nothing is opened by itself: a code on a forged paper leads to a forged page.
 * @param {string} text
 * @param {DOMStringMap} words
 */
function found(text, words) {
  const address = URL.canParse(text) ? new URL(text) : undefined
  const said = line(`${words.found ?? ''} `)
  const content = document.createElement('strong')
  content.className = 'break'
  content.textContent = text
  said.append(content)
  if (!address || !/^https?:$/.test(address.protocol)) return [said]
  if (address.origin !== location.origin) return [said, line(words.elsewhere ?? '')]
  const link = document.createElement('a')
  link.href = address.href
  link.textContent = words.here ?? ''
  const way = document.createElement('p')
  way.append(link)
  return [said, way]
}

/** @param {string} text */
function line(text) {
  const paragraph = document.createElement('p')
  paragraph.textContent = text
  return paragraph
}
