// The vectors, and what can be asked of them: of those in the page, or of the program that shows it.
import {ask} from './live.js';
import {axes} from './map-pca.js';

/** FLOAT32 numbers from base64. */
export function floats(text) {
  const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}

/** The k largest of n scores, best first, of equal ones the earlier; NaN and those left out never. */
export function best(n, k, score, without = []) {
  const rows = [], scores = [];
  for (let row = 0; row < n; row++) {
    const x = score(row);
    if (!(rows.length < k || x > scores[rows.length - 1]) || Number.isNaN(x) || without.includes(row)) {
      continue;
    }
    let at = rows.length < k ? rows.length : k - 1;
    for (; at > 0 && x > scores[at - 1]; at--) {
      rows[at] = rows[at - 1];
      scores[at] = scores[at - 1];
    }
    rows[at] = row;
    scores[at] = x;
  }
  return {rows, scores};
}

/** What the program answers: all its words, exactly. */
export function asked() {
  const bytes = async (name, args) => new Float32Array(await ask(name, args));
  return {
    near: (moment, row, k, metric) => ask('near', {moment, row, k, metric}),
    sum: (moment, plus, minus, k) => ask('sum', {moment, plus, minus, k}),
    along: (moment, from, to, metric) => bytes('along', {moment, from, to, metric}),
    column: (moment, j) => bytes('column', {moment, j}),
    places: moment => bytes('places', {moment}),
    apart: async (moment, pairs, metric) => (await ask('apart', {moment, metric})).scores,
    moved: (moment, metric, k) => ask('moved', {moment, metric, k}),
    some: (moment, count, brief) => bytes('some', {moment, count, brief}),
  };
}

/** The same of vectors that are in the page. */
export function held(data) {
  const {dim} = data, n = data.words.length;
  const tables = data.vectors.map(v => (typeof v === 'string' ? null : v));
  const lengths = [];
  const table = moment => (tables[moment] ??= floats(data.vectors[moment]));
  const length = moment => (lengths[moment] ??= Float64Array.from({length: n}, (_, row) => Math.sqrt(dot(table(moment), row * dim, table(moment), row * dim))));
  const dot = (a, i, b, j) => {
    let sum = 0;
    for (let d = 0; d < dim; d++) {
      sum += a[i + d] * b[j + d];
    }
    return sum;
  };
  const cosines = (moment, direction) => {
    const all = table(moment), size = length(moment), own = Math.sqrt(dot(direction, 0, direction, 0));
    return row => (size[row] * own === 0 ? 0 : dot(all, row * dim, direction, 0) / (size[row] * own));
  };
  const unit = (moment, row) => table(moment).slice(row * dim, (row + 1) * dim).map(x => x / (length(moment)[row] || 1));
  const between = (m1, row1, m2, row2, metric) => {
    const a = table(m1).subarray(row1 * dim, (row1 + 1) * dim), b = table(m2).subarray(row2 * dim, (row2 + 1) * dim);
    return metric === 'cosine' ? 1 - dot(a, 0, b, 0) / (length(m1)[row1] * length(m2)[row2] || 1) : Math.sqrt(a.reduce((sum, x, d) => sum + (x - b[d]) ** 2, 0));
  };
  const combined = parts => Float64Array.from({length: dim}, (_, d) => parts.reduce((sum, [sign, v]) => sum + sign * v[d], 0));
  return {
    async near(moment, row, k, metric) {
      const all = table(moment);
      if (metric === 'cosine') {
        return best(n, k, cosines(moment, all.subarray(row * dim, (row + 1) * dim)), [row]);
      }
      const {rows, scores} = best(n, k, other => {
        let sum = 0;
        for (let d = 0; d < dim; d++) {
          sum += (all[row * dim + d] - all[other * dim + d]) ** 2;
        }
        return -sum;
      }, [row]);
      return {rows, scores: scores.map(x => Math.sqrt(-x))};
    },
    async sum(moment, plus, minus, k) { // as gensim: words of length one, and none of them is the answer
      const direction = combined([...plus.map(row => [1, unit(moment, row)]), ...minus.map(row => [-1, unit(moment, row)])]);
      return best(n, k, cosines(moment, direction), [...plus, ...minus]);
    },
    async along(moment, from, to, metric) {
      const cosine = metric === 'cosine', all = table(moment);
      const vector = row => (cosine ? unit(moment, row) : all.subarray(row * dim, (row + 1) * dim));
      const step = combined([[1, vector(to)], [-1, vector(from)]]);
      const own = Math.sqrt(dot(step, 0, step, 0)) || 1;
      return Float32Array.from({length: n}, (_, row) => dot(all, row * dim, step, 0) / own / (cosine ? length(moment)[row] || 1 : 1));
    },
    column: async (moment, j) => Float32Array.from({length: n}, (_, row) => table(moment)[row * dim + j]),
    apart: async (moment, pairs, metric) => pairs.map(([from, to]) => between(moment, from, moment, to, metric)),
    moved: async (moment, metric, k) => best(n, k, row => between(0, row, moment, row, metric)),
    places: async moment => (typeof data.places[moment] === 'string' ? floats(data.places[moment]) : data.places[moment]),
    async some(moment, count, brief) {
      const first = table(moment).slice(0, Math.min(count, n) * dim);
      return brief && dim > 50 ? axes(first, first.length / dim, dim, 50).places : first;
    },
  };
}
