// Shows a coverage by MapLibre GL in Chromium without a window: node drive.mjs DATA CHROMIUM FRAMES OUT.png
// DATA holds village.geojson and settings.json (breaks, bounds). Prints JSON: idle_s (from the page's start until it has
// nothing left to do), frames_ms, renderer, problems.
import {createReadStream, existsSync} from 'node:fs';
import {createServer} from 'node:http';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const [data, executablePath, frames, out] = process.argv.slice(2);
const FOLDERS = {'/data/': data, '/maplibre/': path.join(HERE, 'node_modules/maplibre-gl/dist')};
const TYPES = {'.html': 'text/html', '.mjs': 'text/javascript', '.css': 'text/css', '.json': 'application/json',
               '.geojson': 'application/json'};
const PATIENCE_MS = 300_000;

function fileOf(url) {
  if (url === '/') return path.join(HERE, 'page.html');
  const folder = Object.keys(FOLDERS).find(prefix => url.startsWith(prefix));
  return folder && path.join(FOLDERS[folder], path.basename(url));
}

const server = createServer((request, response) => {
  const file = fileOf(request.url);
  if (!file || !existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, {'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream'});
  createReadStream(file, {highWaterMark: 1 << 20}).pipe(response);
});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));

// A card where there is one, else software WebGL. The sandbox cannot be had by root.
const browser = await chromium.launch({executablePath, args: [
  '--no-sandbox', '--disable-dev-shm-usage', '--ignore-gpu-blocklist', '--enable-unsafe-swiftshader', '--hide-scrollbars']});
try {
  const page = await browser.newPage({viewport: {width: 1920, height: 1080}, deviceScaleFactor: 1});
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', error => console.error(error.message));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction('window.idleAt !== undefined', null, {polling: 100});
  const idle_s = await page.evaluate('window.idleAt') / 1000;
  const renderer = await page.evaluate('window.renderer()');
  await page.screenshot({path: out});
  const frames_ms = await page.evaluate(count => window.pan(count), Number(frames));
  const problems = await page.evaluate('window.problems');
  console.log(JSON.stringify({idle_s, frames_ms, renderer, problems}));
} finally {
  await browser.close();
  server.close();
}
