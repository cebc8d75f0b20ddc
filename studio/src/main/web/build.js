// Bundles each page into one file that needs no network: styles, scripts and the places for the data.
//
// Run: npm ci && npm run build   (npm run check only tells whether the bundle is current)
import {build} from 'esbuild';
import {readFileSync, writeFileSync} from 'node:fs';

const folder = '../resources/gradus/studio/';
const pages = {
  'page.html': ['main.js', 'style.css'], // a recording
  'attention.html': ['attention.js', 'style.css', 'attention.css'],
};
const check = process.argv.includes('--check');

for (const [name, [entry, ...styles]] of Object.entries(pages)) {
  const bundled = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    charset: 'utf8',
    legalComments: 'inline',
    format: 'iife',
    write: false,
  });
  const script = bundled.outputFiles[0].text.replaceAll('</script', '<\\/script');
  const page = readFileSync('page.html', 'utf8')
    .replace('/*STYLE*/', () => styles.map(style => readFileSync(style, 'utf8')).join(''))
    .replace('/*SCRIPT*/', () => script);
  if (!check) {
    writeFileSync(folder + name, page);
    console.log(`${name}: ${(page.length / 1024).toFixed(0)} kB`);
  } else if (readFileSync(folder + name, 'utf8') !== page) {
    console.error(`${name} is not what its sources make. Run: npm run build`);
    process.exitCode = 1;
  }
}
