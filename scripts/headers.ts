// Response headers of every server that serves Kindred: cross-origin isolation for threads, and the policy that keeps drafts in the page.

/** Threads in WebAssembly need SharedArrayBuffer, which needs these. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const directives = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  // The editor and the widgets write style elements and attributes.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
];

/** For the page's own meta element, where a host sends no headers. `frame-ancestors` has no meaning there. */
export const pagePolicy = directives.join('; ');

export const productionHeaders = {
  ...isolationHeaders,
  'Content-Security-Policy': [...directives, "frame-ancestors 'none'"].join('; '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};
