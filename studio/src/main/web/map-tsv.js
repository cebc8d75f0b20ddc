// vectors.tsv and metadata.tsv, as the Embedding Projector reads and writes them.
import {h} from './dom.js';
import {axes} from './map-pca.js';

const lines = text => {
  const all = text.split(/\r\n|\n|\r/);
  while (all.length && all[all.length - 1] === '') {
    all.pop();
  }
  return all;
};

const cell = text => String(text).replace(/[\t\r\n]/g, ' ');

/** The data of a page from the texts of both files; without metadata, points have numbers for names. Errors name the line. */
export function parse(vectors, metadata) {
  const rows = lines(vectors).map(line => line.split('\t'));
  if (rows.length < 2) {
    throw new Error('vectors: a map needs two lines of numbers at least.');
  }
  const dim = rows[0].length, n = rows.length;
  const table = new Float32Array(n * dim);
  rows.forEach((row, i) => {
    if (row.length !== dim) {
      throw new Error(`vectors, line ${i + 1}: ${row.length} numbers, but the first line has ${dim}. Part them by tabs.`);
    }
    row.forEach((text, d) => {
      const x = Number(text);
      if (text.trim() === '' || !Number.isFinite(x)) {
        throw new Error(`vectors, line ${i + 1}: “${text}” is no number.`);
      }
      table[i * dim + d] = x;
    });
  });
  const told = metadata == null ? rows.map((_, i) => String(i + 1)) : lines(metadata);
  const header = metadata != null && (told[0]?.includes('\t') || told.length === n + 1);
  const cells = told.slice(header ? 1 : 0).map(line => line.split('\t'));
  const names = header ? told[0].split('\t') : ['word'];
  if (cells.length !== n) {
    throw new Error(`metadata: ${cells.length} lines${header ? ' below the names' : ''}, but there are ${n} vectors. Each needs its line.`);
  }
  cells.forEach((c, i) => {
    if (c.length !== names.length) {
      throw new Error(`metadata, line ${i + (header ? 2 : 1)}: ${c.length} columns, but the first line has ${names.length}.`);
    }
  });
  const found = axes(table, n, dim, 10);
  return {
    title: 'Map of embeddings', dim, words: cells.map(c => c[0]), words_of: n, arrows: [], chosen: [], moments: [{name: '', numbers: {}}],
    columns: names.slice(1).map((name, i) => ({name, values: cells.map(c => c[i + 1])})),
    explained: found.explained, vectors: [table], places: [found.places],
  };
}

/** The texts of both files. */
export function written(words, columns, table) {
  const dim = table.length / words.length;
  const number = x => (Number.isInteger(x) ? x.toFixed(1) : String(Math.fround(x) === x ? shortest(x) : x));
  const rows = words.map((_, i) => Array.from(table.subarray(i * dim, (i + 1) * dim), number).join('\t'));
  const told = columns.length === 0 ? words.map(cell) : [['word', ...columns.map(c => c.name)], ...words.map((w, i) => [w, ...columns.map(c => c.values[i])])].map(row => row.map(cell).join('\t'));
  return {vectors: rows.join('\n') + '\n', metadata: told.join('\n') + '\n'};
}

/** The shortest text that is read as the same FLOAT32. */
function shortest(x) {
  for (let digits = 6; digits <= 9; digits++) {
    const text = x.toPrecision(digits);
    if (Math.fround(Number(text)) === x) {
      return String(Number(text));
    }
  }
  return String(x);
}

export function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], {type: 'text/tab-separated-values'}));
  h('a', {href: url, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Reads files that were chosen or dropped: the one with vectors, and perhaps the one with metadata. */
export async function read(files) {
  const all = await Promise.all([...files].map(async file => ({name: file.name, text: await file.text()})));
  const metadata = all.find(f => /meta|label/i.test(f.name)) ?? all.find(f => !/^[-+\d.eE\t]+$/.test(lines(f.text)[0] ?? ''));
  const vectors = all.find(f => f !== metadata);
  if (!vectors) {
    throw new Error('Choose vectors.tsv too: a line of numbers for each word, parted by tabs.');
  }
  return parse(vectors.text, metadata?.text);
}
