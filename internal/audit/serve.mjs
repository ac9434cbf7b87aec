// Serves a built folder as its host would: HTTP/2 over TLS, brotli, pretty
// addresses, _headers, _redirects, and 404.html with status 404.
//
// Brotli quality 5 is what CDNs use when they compress on the way; a host that
// stores quality 11 sends less, never more. Keeps a log of what was asked.

import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { answer, ownHeaders } from './site.mjs';

const BROTLI_QUALITY = 5;

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.xml': 'application/xml',
};

/** Compresses as the served site does; only text is worth it. */
export function brotli(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
}

/** Serves the site on a free local port. Resolves to {port, spki, log, close}. */
export async function serve(site) {
  const { key, cert, spki } = selfSigned(new URL(site.origin).hostname);
  const log = []; // {path, status, bytes, document} in the order asked
  const packed = new Map();
  const server = createSecureServer({ key, cert, allowHTTP1: true }, (request, response) => {
    const { status, headers, body } = reply(site, new URL(request.url, site.origin).pathname, packed);
    log.push({ path: request.url, status, bytes: body.length, document: headers['content-type']?.startsWith('text/html') ?? false });
    response.writeHead(status, headers);
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  server.on('sessionError', () => {}); // a browser that leaves early is no news
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: server.address().port, spki, log, close: () => server.close() };
}

/** The whole reply to a path: {status, headers, body}. */
export function reply(site, pathname, packed = new Map()) {
  const path = pathname.startsWith(site.prefix) ? pathname.slice(site.prefix.length) : pathname;
  const { status, file, location } = answer(site, path);
  const headers = { 'cache-control': 'public, max-age=0, must-revalidate', ...Object.fromEntries(ownHeaders(site, path)) };
  if (location) {
    headers.location = location.startsWith('/') && !location.startsWith(site.prefix) ? site.prefix + location : location;
  }
  if (!file) return { status, headers, body: Buffer.alloc(0) };
  headers['content-type'] ??= TYPES[extname(file)] ?? 'application/octet-stream';
  if (!packed.has(file)) packed.set(file, pack(site.files.get(file)));
  const { body, encoding } = packed.get(file);
  if (encoding) Object.assign(headers, { 'content-encoding': encoding, vary: 'accept-encoding' });
  return { status, headers, body };
}

function pack(name) {
  const bytes = readFileSync(name);
  if (/\.(png|jpg|ico|woff2)$/.test(name)) return { body: bytes };
  return { body: brotli(bytes), encoding: 'br' };
}

// A throw-away certificate; the browser is told its key's fingerprint, so it is
// trusted for this one run and TLS errors of any other server would still show.
function selfSigned(host) {
  const dir = mkdtempSync(join(tmpdir(), 'audit-tls-'));
  try {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
      '-keyout', join(dir, 'key'), '-out', join(dir, 'cert'), '-days', '2', '-subj', '/CN=audit',
      '-addext', `subjectAltName=DNS:${host}`], { stdio: 'pipe' });
    const cert = readFileSync(join(dir, 'cert'));
    const publicKey = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
    return { key: readFileSync(join(dir, 'key')), cert, spki: createHash('sha256').update(publicKey).digest('base64') };
  } finally {
    rmSync(dir, { recursive: true });
  }
}
