// What the page shows, in its address: a map can be sent as a link, or come back to.

const rows = (ctx, list) => list.map(row => ctx.words[row] ?? '');

export function write(ctx) {
  const state = new URLSearchParams();
  state.set('map', ctx.projection);
  if (ctx.projection === 'pca') {
    state.set('pca', ctx.pca.join(','));
  } else if (ctx.projection === 'raw') {
    state.set('raw', ctx.raw.join(','));
  }
  if (ctx.axes.some(row => row >= 0)) {
    rows(ctx, ctx.axes).forEach(word => state.append('axis', word));
  }
  if (ctx.metric !== 'cosine') {
    state.set('metric', ctx.metric);
  }
  if (ctx.word >= 0) {
    state.set('word', ctx.words[ctx.word]);
  }
  if (ctx.sum.some(row => row >= 0)) {
    rows(ctx, ctx.sum).forEach(word => state.append('sum', word));
  }
  if (ctx.colour) {
    state.set('colour', ctx.colour);
  }
  if (ctx.moments.length > 1 && ctx.moment < ctx.moments.length - 1) {
    state.set('moment', ctx.moment);
  }
  if (ctx.zoom) {
    state.set('view', ctx.zoom.map(x => Number(x.toFixed(2))).join(','));
  }
  history.replaceState(null, '', '#' + state);
}

/** What the address says; what it says wrongly is left out. */
export function read(ctx) {
  const state = new URLSearchParams(location.hash.slice(1)), found = {};
  const row = word => (word ? ctx.words.indexOf(word) : -1);
  const numbers = (name, count, most) => {
    const list = (state.get(name) ?? '').split(',').map(Number);
    return state.has(name) && list.length === count && list.every(x => Number.isFinite(x) && (most == null || (Number.isInteger(x) && x >= 0 && x < most))) ? list : null;
  };
  const put = (name, value) => value != null && (found[name] = value);
  put('projection', ['pca', 'tsne', 'umap', 'axes', 'raw'].find(p => p === state.get('map')));
  put('pca', numbers('pca', 2, ctx.explained.length));
  put('raw', numbers('raw', 2, ctx.dim));
  put('zoom', numbers('view', 3));
  put('moment', numbers('moment', 1, ctx.moments.length)?.[0]);
  put('metric', ['cosine', 'euclidean'].find(m => m === state.get('metric')));
  put('colour', ctx.columns.map(c => c.name).find(c => c === state.get('colour')));
  if (row(state.get('word')) >= 0) {
    found.word = row(state.get('word'));
  }
  put('axes', state.getAll('axis').length === 4 ? state.getAll('axis').map(row) : null);
  put('sum', state.getAll('sum').length === 3 ? state.getAll('sum').map(row) : null);
  return found;
}
