import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { bundleBudget } from './vite/bundle-budget.ts';
import { precompress } from './vite/precompress.ts';

const server = process.env.WATERSTRIDER_SERVER ?? 'http://127.0.0.1:1234';

/** The web app: built to `dist/web` of the repository, served by the server; in development the API is proxied to a running server. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    react(),
    bundleBudget({
      report: '../../dist/web/bundle.json',
      scriptLimit: 240 * 1024,
      styleLimit: 45 * 1024,
      modules: ['/src/app/frame/Frame.tsx', '/src/features/dashboard/DashboardPage.tsx', '/src/shared/locale-en.ts'],
    }),
    precompress(),
  ],
  server: { proxy: { '/api': { target: server, changeOrigin: false } } },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
  },
});
