// Puts the service worker in place, for the page that works without network, and asks the browser not to clear what it keeps. Without a secure context
// (https, or localhost) there is no worker: the page says so, and what is written is kept all the same.
export async function registerWorker(): Promise<'ready' | 'insecure' | 'failed'> {
  if (!('serviceWorker' in navigator)) return window.isSecureContext ? 'failed' : 'insecure';
  if (import.meta.env.DEV) return 'failed';
  try {
    await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
    await navigator.serviceWorker.ready;
    await navigator.storage.persist().catch(() => false);
    return 'ready';
  } catch {
    return 'failed';
  }
}
