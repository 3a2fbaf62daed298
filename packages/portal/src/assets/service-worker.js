// Keeps the shell of the portal, and for the person signed in their inbox, their list of documents and the documents that
// they chose, as they last saw them. What is kept of a person lies under a name of their account, and goes when they sign out, when their session
// is over, or when another person signs in. Nothing else is kept.
const shell = ['SHELL']
const shellCache = `shell ${shell.join(' ')}`
const personal = 'person '
const keptPaths = /^\/me\/(inbox|documents)(\/[\w-]+)?$/
// All that the latest messages say, on one page: who is offline can read what they have not opened yet.
const wholeInbox = '/me/inbox/offline'
const documents = '/me/documents'
// The page says that the device keeps the document: it does so by then. The other says that it does not any more.
const keptDocument = /^(\/me\/documents\/[\w-]+)\/kept$/
const notKeptDocument = /^(\/me\/documents\/[\w-]+)\/not-kept$/
const documentFile = /^\/me\/documents\/[\w-]+\/file$/
const endPaths = new Set(['/sign-out', '/signed-out'])

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(shellCache)
      .then((cache) => cache.addAll(shell))
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', (event) => {
  const isOld = (name) => name.startsWith('shell ') && name !== shellCache
  event.waitUntil(forget(isOld).then(() => self.clients.claim()))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== location.origin) return
  if (endPaths.has(url.pathname)) event.waitUntil(forgetPeople())
  else if (request.method !== 'GET') return
  else if (request.mode === 'navigate') {
    const answer = page(request, url)
    event.respondWith(answer)
    if (url.pathname === '/me' || url.pathname === '/me/inbox') event.waitUntil(answer.then(keepLists))
  } else if (shell.includes(url.pathname + url.search)) event.respondWith(shellFile(request))
})

async function shellFile(request) {
  return (await caches.match(request, { cacheName: shellCache })) ?? fetch(request)
}

async function page(request, url) {
  let response
  try {
    response = await fetch(request)
  } catch {
    return (
      (await keptPage(url)) ?? (await caches.match('/offline', { cacheName: shellCache })) ?? Response.error()
    )
  }
  await keep(url, response)
  if (response.ok && !response.redirected) await keepDocument(url, response)
  return response
}

/** `Sapan-Account` names the person to this device alone; where my page comes without it, nobody is signed in any more. */
async function keep(url, response) {
  const account = response.headers.get('sapan-account')
  const isMine = url.pathname === '/me' || url.pathname.startsWith('/me/')
  if (account === null) {
    if (isMine) await forgetPeople()
    return
  }
  await forget((name) => name.startsWith(personal) && name !== personal + account)
  if (!keptPaths.test(url.pathname) || !response.ok || response.redirected) return
  const cache = await caches.open(personal + account)
  await cache.put(url.pathname, response.clone())
}

/** Only once the page has come for somebody: asked by nobody, it would begin a sign-in beside the one that they see. */
async function keepLists(page) {
  if (!page.headers.has('sapan-account')) return
  for (const path of [wholeInbox, documents]) {
    const response = await fetch(path, { redirect: 'manual' }).catch(() => undefined)
    if (response?.ok) await keep(new URL(path, location.origin), response)
  }
}

/** The page and the file of a document that the person chose, or neither any more. */
async function keepDocument(url, page) {
  const account = page.headers.get('sapan-account')
  const [, kept] = keptDocument.exec(url.pathname) ?? []
  const [, gone] = notKeptDocument.exec(url.pathname) ?? []
  if (account === null || (kept === undefined && gone === undefined)) return
  const cache = await caches.open(personal + account)
  if (gone !== undefined) {
    await Promise.all(['', '/kept', '/file'].map((part) => cache.delete(gone + part)))
    return
  }
  const file = await fetch(`${kept}/file`, { redirect: 'manual' }).catch(() => undefined)
  if (!file?.ok || file.headers.get('sapan-account') !== account) return
  await cache.put(`${kept}/file`, file)
  await cache.put(url.pathname, page.clone())
}

async function keptPage(url) {
  if (![keptPaths, keptDocument, documentFile].some((paths) => paths.test(url.pathname))) return undefined
  for (const name of await caches.keys()) {
    if (!name.startsWith(personal)) continue
    const kept = (path) => caches.match(path, { cacheName: name })
    const isMessage = url.pathname.startsWith('/me/inbox')
    const found = (await kept(url.pathname)) ?? (isMessage ? await kept(wholeInbox) : undefined)
    if (found !== undefined) return found
  }
  return undefined
}

function forgetPeople() {
  return forget((name) => name.startsWith(personal))
}

async function forget(which) {
  const names = await caches.keys()
  await Promise.all(names.filter(which).map((name) => caches.delete(name)))
}

// What a push message says is in the inbox, not in the message: it passes through others' hands.
self.addEventListener('push', (event) => {
  let message = {}
  try {
    message = event.data?.json() ?? {}
  } catch {}
  const title = typeof message.title === 'string' ? message.title : 'สะพาน · Sapan'
  const body = typeof message.body === 'string' ? message.body : ''
  const link =
    typeof message.link === 'string' && /^\/(?![/\\])/.test(message.link) ? message.link : '/me/inbox'
  const icon = '/assets/portal/icon-192.png'
  event.waitUntil(self.registration.showNotification(title, { body, icon, badge: icon, data: { link } }))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(self.clients.openWindow(event.notification.data?.link ?? '/me/inbox'))
})
