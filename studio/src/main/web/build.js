// Bundles each page into one file that needs no network: styles, scripts and the places for the data.
//
// Run: npm ci && npm run build   (npm run check only tells whether the bundle is current)
import {build} from 'esbuild';
import {existsSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';

const folder = '../resources/gradus/studio/';
const pages = {
  'page.html': ['main.js', 'style.css'], // a recording
  'attention.html': ['attention.js', 'style.css', 'attention.css'], // the heads of an encoder
  'map.html': ['map.js', 'style.css', 'map.css'], // embeddings
};
const check = process.argv.includes('--check');

/** A bundle, and the packages that went into it. */
async function bundle(entry, define = {}) {
  const bundled = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    charset: 'utf8',
    legalComments: 'inline',
    format: 'iife',
    write: false,
    metafile: true,
    define,
  });
  const packages = Object.keys(bundled.metafile.inputs).map(input => input.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]);
  return {text: bundled.outputFiles[0].text, packages: packages.filter(name => name)};
}

/** The licences of packages that do not tell them themselves, as one comment; a text that several have stands once. */
function licences(packages) {
  const texts = new Map();
  for (const name of [...new Set(packages)].sort()) {
    const file = readdirSync(`node_modules/${name}`).find(f => /^licen[cs]e/i.test(f));
    const text = readFileSync(`node_modules/${name}/${file}`, 'utf8').trim().replaceAll('*/', '* /');
    texts.set(text, [...(texts.get(text) ?? []), name]);
  }
  return texts.size === 0 ? '' : `/*!\n${[...texts].map(([text, names]) => `${names.join(', ')}\n\n${text}`).join('\n\n')}\n*/\n`;
}

for (const [name, [entry, ...styles]] of Object.entries(pages)) {
  const work = entry.replace('.js', '-worker.js'); // what a page does in a thread of its own, as text
  const worker = existsSync(work) ? await bundle(work) : {text: '', packages: []};
  const main = await bundle(entry, {WORKER: JSON.stringify(worker.text)});
  const packages = [...main.packages, ...worker.packages].filter(p => p !== '@dagrejs/dagre'); // it tells its own
  const script = (licences(packages) + main.text).replaceAll('</script', '<\\/script');
  const page = readFileSync('page.html', 'utf8')
    .replace('/*STYLE*/', () => styles.map(style => readFileSync(style, 'utf8')).join(''))
    .replace("connect-src 'none';", policy => (worker.text ? policy + ' worker-src blob:;' : policy))
    .replace('/*SCRIPT*/', () => script);
  if (!check) {
    writeFileSync(folder + name, page);
    console.log(`${name}: ${(page.length / 1024).toFixed(0)} kB`);
  } else if (!existsSync(folder + name) || readFileSync(folder + name, 'utf8') !== page) {
    console.error(`${name} is not what its sources make. Run: npm run build`);
    process.exitCode = 1;
  }
}
