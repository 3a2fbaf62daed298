// Offers push messages on the page of notices, where this browser has them. The button is hidden without.
const form = document.getElementById('push-register')
const offer = document.getElementById('push-offer')

if (form && offer && 'serviceWorker' in navigator && 'PushManager' in window) {
  offer.hidden = Notification.permission === 'denied'
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const button = form.querySelector('button')
    button.disabled = true
    try {
      const worker = await navigator.serviceWorker.ready
      const subscription = await worker.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: bytesOf(form.elements.namedItem('key').value),
      })
      form.elements.namedItem('subscription').value = JSON.stringify(subscription)
      form.submit()
    } catch {
      // Whoever said no is left alone.
      offer.hidden = Notification.permission === 'denied'
      button.disabled = false
    }
  })
}

function bytesOf(base64url) {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}
