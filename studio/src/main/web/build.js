// Bundles the page into one file that needs no network: styles, scripts and the places for the data.
//
// Run: npm ci && npm run build   (npm run check only tells whether the bundle is current)
import {build} from 'esbuild';
import {readFileSync, writeFileSync} from 'node:fs';

const target = '../resources/gradus/studio/page.html';
const bundled = await build({
  entryPoints: ['main.js'],
  bundle: true,
  minify: true,
  charset: 'utf8',
  legalComments: 'inline',
  format: 'iife',
  write: false,
});
const script = bundled.outputFiles[0].text.replaceAll('</script', '<\\/script');
const page = readFileSync('page.html', 'utf8')
  .replace('/*STYLE*/', () => readFileSync('style.css', 'utf8'))
  .replace('/*SCRIPT*/', () => script);
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== page) {
    console.error('page.html is not what its sources make. Run: npm run build');
    process.exit(1);
  }
} else {
  writeFileSync(target, page);
  console.log(`${target}: ${(page.length / 1024).toFixed(0)} kB`);
}
