#!/usr/bin/env node
// Serves a built folder with a real nginx, by the file that build -nginx wrote,
// and holds that it answers as _headers and _redirects say:
//
//   node nginx.mjs --site ../../public --conf ../../nginx.conf
//
// Exit 0 when every answer is right, 1 when one is not, 2 when the command line is wrong.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openSite, ownHeaders } from './site.mjs';

// What Netlify and Cloudflare Pages send by themselves.
const BY_ITSELF = { 'cache-control': 'public, max-age=0, must-revalidate' };

async function main() {
  const text = { type: 'string' };
  const { site: root, conf } = parseArgs({ options: { site: text, conf: text } }).values;
  if (!root || !conf) {
    console.error('usage: node nginx.mjs --site DIR --conf FILE');
    process.exit(2);
  }
  const site = openSite(resolve(root));
  const nginx = await start(resolve(conf));
  try {
    const problems = await Promise.all(questions(site).map((question) => problemsOf(nginx.port, question)));
    const told = problems.flat();
    console.log(`nginx: ${problems.length} addresses asked, ${told.length} answers wrong`);
    for (const problem of told) console.log(`  ${problem}`);
    process.exitCode = told.length > 0 ? 1 : 0;
  } finally {
    await nginx.stop();
  }
}

// Every address of the site with the answer that it must get: {path, status, headers, body}.
function questions(site) {
  const moved = site.redirects.filter((r) => r.force);
  const hidden = ['/_headers', '/_redirects', '/.nojekyll'];
  const files = [...site.files.keys()].filter((f) => !hidden.includes(f) && !moved.some((r) => r.from === `${site.prefix}${f.replace(/index\.html$/, '')}`));
  const missing = site.files.get('/404.html');
  const asked = [];
  const ask = (path, status, headers, file) => asked.push({ path: site.prefix + path, status, headers, body: file && readFileSync(file) });
  for (const file of files) {
    const path = file.replace(/(^|\/)index\.html$/, '$1');
    ask(path, 200, { ...BY_ITSELF, ...Object.fromEntries(ownHeaders(site, path)) }, site.files.get(file));
    if (path.length > 1 && path.endsWith('/')) ask(path.slice(0, -1), 301, { location: site.prefix + path });
  }
  for (const rule of moved) asked.push({ path: rule.from, status: rule.status, headers: { location: rule.to } });
  for (const path of [...hidden, '/no/such/page/', '/.git/config', '/acme/.env']) ask(path, 404, Object.fromEntries(ownHeaders(site, path)), missing);
  return asked;
}

async function problemsOf(port, { path, status, headers, body }) {
  const got = await answerOf(port, path);
  const problems = [];
  if (got.status !== status) problems.push(`${path}: status ${got.status}, want ${status}`);
  for (const [name, value] of Object.entries(headers)) {
    if (got.headers[name] !== value) problems.push(`${path}: ${name}: ${got.headers[name]}, want ${value}`);
  }
  if (body && !body.equals(got.body)) problems.push(`${path}: ${got.body.length} bytes, want the ${body.length} of the file`);
  return problems;
}

function answerOf(port, path) {
  return new Promise((done, fail) => {
    get({ host: '127.0.0.1', port, path, agent: false }, async (response) => {
      const parts = [];
      for await (const part of response) parts.push(part);
      done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) });
    }).on('error', fail);
  });
}

// Starts nginx on a free port, in a folder of its own.
async function start(conf) {
  const dir = mkdtempSync(join(tmpdir(), 'audit-nginx-'));
  const port = await freePort();
  const whole = join(dir, 'nginx.conf');
  const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${dir}/${name};`).join(' ');
  writeFileSync(whole, `daemon off; ${process.getuid?.() === 0 ? 'user root; ' : ''}worker_processes 1; pid ${dir}/pid; error_log stderr crit;
events {}
http { access_log off; ${temps} server { listen 127.0.0.1:${port}; server_name errors.example; include ${conf}; } }
`);
  const child = spawn('nginx', ['-e', 'stderr', '-c', whole], { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise((done) => { child.once('exit', done); child.once('error', done); });
  await Promise.race([listening(port), ended.then(() => { throw new Error('nginx did not start'); })]);
  return { port, stop: async () => { child.kill('SIGQUIT'); await ended; rmSync(dir, { recursive: true, force: true }); } };
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  const { port } = server.address();
  await new Promise((done) => { server.close(done); });
  return port;
}

async function listening(port) {
  for (;;) {
    try {
      return await answerOf(port, '/');
    } catch {
      await new Promise((done) => { setTimeout(done, 50); });
    }
  }
}

await main();
