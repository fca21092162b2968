// Builds the browser's shell from src/web into dist/web: hashed files, nothing from outside, no inline script (so that a strict
// content security policy holds). The gallery and the bench are only served in development.
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { browserWords } from './scripts/words.mjs';
import { buildWorker } from './scripts/worker.mjs';

export default defineConfig({
  root: 'src/web',
  base: '/',
  publicDir: false,
  plugins: [react(), browserWords(), buildWorker(fileURLToPath(new URL('.', import.meta.url)))],
  // The browser reads schemas and never checks with typebox: a light maker of the same schemas stands in for it (src/web/schema.ts).
  resolve: { alias: [{ find: /^typebox$/, replacement: fileURLToPath(new URL('./src/web/schema.ts', import.meta.url)) }] },
  server: { port: 5173, proxy: { '/api': { target: process.env['YUGONG_API'] ?? 'http://127.0.0.1:8080', changeOrigin: false } } },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // What loads what: src/test/tidy/weight.test.ts counts by it what each page costs.
    manifest: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    modulePreload: { polyfill: false },
    sourcemap: false,
    chunkSizeWarningLimit: 900,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // Every page begins with the names of all parts: one character fewer of each is some hundred bytes. 42 bits tell the versions of one part apart.
        entryFileNames: 'assets/[name]-[hash:7].js',
        chunkFileNames: 'assets/[name]-[hash:7].js',
        assetFileNames: 'assets/[name]-[hash:7][extname]',
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 3 },
            // Many small files cost a phone more in headers than in words: what every page needs is one, what forms need another, and lists one.
            { name: 'shell', test: /src[\\/]web[\\/](frame|parts|inputs[\\/]select|[a-z0-9]+\.(ts|tsx|css)$)(?!.*(trend|upload|uploads|filedrop|history|stepper|window|main|palette|worklist|bars)\.)/, priority: 1 },
            { name: 'form', test: /src[\\/]web[\\/](form|inputs)[\\/](?!merging\.)/, priority: 1 },
            { name: 'ledger', test: /src[\\/]web[\\/]ledger[\\/]/, priority: 1 },
            { name: 'query', test: /node_modules[\\/]@tanstack[\\/](?!react-virtual|virtual-core)/, priority: 2 },
          ],
        },
      },
    },
  },
});
