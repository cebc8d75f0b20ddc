// What is said beside the map: a word's neighbours here and there, analogies, and what moved most.
import {h} from './dom.js';
import {best} from './map-space.js';

const K = 10;

/** A score; one that JSON has no number for comes as text. */
const number = score => {
  const x = Number(score);
  return Math.abs(x) >= 1000 || (x !== 0 && Math.abs(x) < 0.001) ? x.toExponential(2) : x.toFixed(3);
};

/** The nearest points on the map. */
export function onMap(places, row, k = K) {
  const x = places[2 * row], y = places[2 * row + 1];
  return best(places.length / 2, k, other => -((places[2 * other] - x) ** 2 + (places[2 * other + 1] - y) ** 2), [row]);
}

/** How much of a neighbourhood the map keeps, in words. */
export function distortion(kept, of) {
  const share = kept / (of || 1);
  const said = share >= 0.7 ? 'Here the map tells the truth well.' : share >= 0.3 ? 'Here the map tells the truth in part.' : 'Here the map misleads: trust the list on the left.';
  return `${kept} of ${of} neighbours are kept on this map (${Math.round(100 * share)} %). ${said}`;
}

function words(ctx, rows, scores, marked, label) {
  return h('ol', {class: 'words-list', 'aria-label': label}, rows.map((row, i) => h('li', {},
    h('button', {type: 'button', class: marked?.has(row) ? 'kept' : '', 'data-row': row, onclick: () => ctx.pick(row)}, ctx.words[row]),
    scores && h('span', {class: 'soft'}, number(scores[i])))));
}

/** A word: its neighbours in the space beside those on the map. */
export async function wordPanel(ctx, row) {
  const near = await ctx.space.near(ctx.moment, row, K, ctx.metric);
  const places = ctx.places();
  const there = Number.isFinite(places[2 * row]);
  const map = there ? onMap(places, row, near.rows.length) : {rows: []};
  const inBoth = new Set(map.rows.filter(r => near.rows.includes(r)));
  const facts = ctx.columns.map(c => h('p', {class: 'fact'}, h('span', {class: 'soft'}, c.name + ' '), c.values[row]));
  return {
    near: near.rows,
    el: h('div', {class: 'word'},
      h('h2', {}, ctx.words[row]), facts,
      there ? h('p', {class: 'distortion', 'data-kept': inBoth.size, 'data-of': near.rows.length}, distortion(inBoth.size, near.rows.length))
        : h('p', {class: 'hint'}, 'This word is not on this map.'),
      h('div', {class: 'two'},
        h('section', {}, h('h3', {title: ctx.metric === 'cosine' ? 'cosine: 1 for the same direction, 0 for a right angle' : 'Euclidean distance: as the crow flies'}, `in the space`), words(ctx, near.rows, near.scores, inBoth, 'nearest in the space')),
        h('section', {}, h('h3', {title: 'distance on the screen'}, 'on this map'), words(ctx, map.rows, null, inBoth, 'nearest on the map'))),
      inBoth.size > 0 && h('p', {class: 'soft small'}, 'Bold: in both lists.')),
  };
}

/** a − b + c: the ten words nearest to the sum. */
export async function sumPanel(ctx, [a, b, c]) {
  const found = await ctx.space.sum(ctx.moment, [a, c], [b], K);
  return {
    best: found.rows[0],
    el: h('div', {class: 'sum-found'},
      h('p', {}, `${ctx.words[b]} is to ${ctx.words[a]} as ${ctx.words[c]} is to `, h('strong', {}, ctx.words[found.rows[0]] ?? 'nothing'), '.'),
      words(ctx, found.rows, found.scores, null, 'nearest to the sum'),
      h('p', {class: 'soft small'}, 'All three at length one; those asked with are left out. The number is the cosine.')),
  };
}

/** What moved most: along the arrows, or since the first moment. */
export async function movedPanel(ctx) {
  const unit = ctx.metric === 'cosine' ? '1 − cosine' : 'distance';
  if (ctx.arrows.length > 0) {
    const scores = await ctx.space.apart(ctx.moment, ctx.arrows, ctx.metric);
    const order = scores.map((_, i) => i).sort((i, j) => scores[j] - scores[i]).slice(0, 50);
    return h('section', {class: 'moved'}, h('h3', {title: 'how far the arrow goes in the space: ' + unit}, 'Moved most'),
      words(ctx, order.map(i => ctx.arrows[i][1]), order.map(i => scores[i]), null, 'moved most'));
  }
  if (ctx.moment > 0) {
    const found = await ctx.space.moved(ctx.moment, ctx.metric, K);
    return h('section', {class: 'moved'}, h('h3', {title: 'how far in the space: ' + unit}, `Moved most since ${ctx.moments[0].name}`), words(ctx, found.rows, found.scores, null, 'moved most'));
  }
  return null;
}

/** The words that were chosen in the program, each with its five nearest. */
export async function chosenPanel(ctx) {
  const all = await Promise.all(ctx.chosen.slice(0, 12).map(async row => [row, await ctx.space.near(ctx.moment, row, 5, ctx.metric)]));
  return all.length === 0 ? null : h('section', {class: 'chosen-words'}, h('h3', {}, 'Neighbours of the chosen words'),
    h('dl', {}, all.flatMap(([row, near]) => [h('dt', {}, h('button', {type: 'button', onclick: () => ctx.pick(row)}, ctx.words[row])), h('dd', {}, near.rows.map(r => ctx.words[r]).join(', '))])));
}
