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
export function parse(numbers, names) {
  const rows = lines(numbers).map(line => line.split('\t'));
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
  const told = names == null ? rows.map((_, i) => String(i + 1)) : lines(names);
  const header = names != null && (told[0]?.includes('\t') || told.length === n + 1);
  const cells = told.slice(header ? 1 : 0).map(line => line.split('\t'));
  const titles = header ? told[0].split('\t') : ['word'];
  if (cells.length !== n) {
    throw new Error(`metadata: ${cells.length} lines${header ? ' below the names' : ''}, but there are ${n} vectors. Each needs its line.`);
  }
  cells.forEach((c, i) => {
    if (c.length !== titles.length) {
      throw new Error(`metadata, line ${i + (header ? 2 : 1)}: ${c.length} columns, but the first line has ${titles.length}.`);
    }
  });
  const found = axes(table, n, dim, 10);
  return {
    title: 'Map of embeddings', dim, words: cells.map(c => c[0]), words_of: n, arrows: [], chosen: [], moments: [{name: '', numbers: {}}],
    columns: titles.slice(1).map((name, i) => ({name, values: cells.map(c => c[i + 1])})),
    explained: found.explained, vectors: [table], places: [found.places],
  };
}

/** The text of vectors.tsv for n words. */
export function vectors(n, table) {
  const dim = table.length / n;
  const number = x => (Number.isInteger(x) ? x.toFixed(1) : String(Math.fround(x) === x ? shortest(x) : x));
  return Array.from({length: n}, (_, i) => Array.from(table.subarray(i * dim, (i + 1) * dim), number).join('\t') + '\n').join('');
}

/** The text of metadata.tsv: the words alone, or with the names of the columns above them. */
export function metadata(words, columns) {
  const told = columns.length === 0 ? words.map(cell) : [['word', ...columns.map(c => c.name)], ...words.map((w, i) => [w, ...columns.map(c => c.values[i])])].map(row => row.map(cell).join('\t'));
  return told.join('\n') + '\n';
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
  const names = all.find(f => /meta|label/i.test(f.name)) ?? all.find(f => !/^[-+\d.eE\t]+$/.test(lines(f.text)[0] ?? ''));
  const numbers = all.find(f => f !== names);
  if (!numbers) {
    throw new Error('Choose vectors.tsv too: a line of numbers for each word, parted by tabs.');
  }
  return parse(numbers.text, names?.text);
}
