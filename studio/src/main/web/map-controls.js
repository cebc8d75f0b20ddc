// What the map is drawn by: the projection and its axes, the measure, the colours, the files.
import {h} from './dom.js';
import {PROJECTIONS} from './map-projections.js';
import {wordBox} from './map-search.js';
import {download, metadata, read, vectors} from './map-tsv.js';
import {savePng, saveSvg} from './picture.js';

let ids = 0;

function select(label, options, chosen, change) {
  return h('label', {}, h('span', {}, label), h('select', {onchange: e => change(e.target.value)}, options.map(([value, name]) => h('option', {value, selected: String(value) === String(chosen)}, name))));
}

function number(label, value, least, most, title) {
  const input = h('input', {type: 'number', min: least, max: most, value});
  return {el: h('label', {title}, h('span', {}, label), input), get: () => Math.max(least, Math.min(most, Math.round(Number(input.value)) || value))};
}

export function controls(ctx, legend) {
  const n = ctx.words.length;
  const kinds = h('div', {class: 'kinds', role: 'radiogroup', 'aria-label': 'map by'});
  const options = h('div', {class: 'options'});
  const axisBoxes = ['from', 'to', 'from', 'to'].map((end, i) => wordBox(`${i < 2 ? 'horizontal' : 'vertical'} axis, ${end}`, ctx.words, row => ctx.change({axes: ctx.axes.map((r, j) => (j === i ? row : r))}), ['he', 'she', 'small', 'big'][i]));
  const words = number('words', Math.min(n, 5000), 2, n, 'the first words of the table; more take longer');
  const perplexity = number('perplexity', Math.max(1, Math.min(30, Math.floor((n - 1) / 3))), 1, Math.max(1, n - 1), 'about how many neighbours a word has');
  const neighbours = number('neighbours', Math.min(15, n - 1), 2, Math.max(2, Math.min(200, n - 1)), 'how many neighbours a word has');
  const compute = h('button', {type: 'button', class: 'compute', onclick: () => ctx.run({words: words.get(), perplexity: perplexity.get(), neighbours: neighbours.get()}).catch(e => ctx.tell(e.message))}, 'compute');
  const id = 'files' + ids++;
  const files = h('input', {type: 'file', multiple: true, accept: '.tsv,.txt,text/tab-separated-values', id, onchange: () => load(files.files)});
  const shared = h('div', {class: 'shared'});
  let painted = '';

  async function load(list) {
    try {
      ctx.load(await read(list));
    } catch (e) {
      ctx.tell(e.message);
    }
  }

  async function save(name) {
    try {
      download(name, name === 'vectors.tsv' ? vectors(n, await ctx.space.some(ctx.moment, n, false)) : metadata(ctx.words, ctx.columns));
    } catch (e) {
      ctx.tell(e.message);
    }
  }

  document.ondragover = e => e.preventDefault();
  document.ondrop = e => {
    e.preventDefault();
    if (e.dataTransfer.files.length) {
      load(e.dataTransfer.files);
    }
  };

  function chosen() {
    const axis = (i, label) => select(label, ctx.explained.map((share, k) => [k, `${k + 1} (${(100 * share).toFixed(1)} %)`]), ctx.pca[i], k => ctx.change({pca: ctx.pca.map((x, j) => (j === i ? Number(k) : x))}));
    const column = (i, label) => h('label', {}, h('span', {}, label), h('input', {type: 'number', min: 0, max: ctx.dim - 1, value: ctx.raw[i], onchange: e => ctx.change({raw: ctx.raw.map((x, j) => (j === i ? Math.max(0, Math.min(ctx.dim - 1, Math.round(Number(e.target.value)) || 0)) : x))})}));
    switch (ctx.projection) {
      case 'pca': return [axis(0, 'across'), axis(1, 'up'), h('p', {class: 'soft small'}, 'In brackets: the share of all spread that the axis keeps.')];
      case 'axes': return [h('p', {class: 'soft small'}, 'across'), h('div', {class: 'pair'}, axisBoxes[0].el, '→', axisBoxes[1].el), h('p', {class: 'soft small'}, 'up'), h('div', {class: 'pair'}, axisBoxes[2].el, '→', axisBoxes[3].el)];
      case 'raw': return [column(0, 'across'), column(1, 'up')];
      case 'tsne': return ctx.served ? [words.el, perplexity.el, compute] : [];
      default: return [words.el, neighbours.el, compute];
    }
  }

  function paint() {
    const now = JSON.stringify([ctx.projection, ctx.pca, ctx.raw, ctx.metric, ctx.colour, ctx.explained]);
    if (now !== painted) {
      painted = now;
      const focused = kinds.contains(document.activeElement);
      kinds.replaceChildren(...Object.entries(PROJECTIONS).map(([kind, [name, says]]) =>
        h('button', {type: 'button', role: 'radio', 'aria-checked': String(kind === ctx.projection), tabindex: kind === ctx.projection ? 0 : -1, title: says, 'data-kind': kind, onclick: () => ctx.change({projection: kind})}, name)));
      if (focused) {
        kinds.querySelector('[aria-checked=true]').focus();
      }
      options.replaceChildren(h('p', {class: 'says'}, PROJECTIONS[ctx.projection][1]), ...chosen());
      shared.replaceChildren(
        select('nearness', [['cosine', 'cosine (the angle)'], ['euclidean', 'Euclid (the distance)']], ctx.metric, metric => ctx.change({metric})),
        ...(ctx.columns.length ? [select('colour by', [['', 'nothing'], ...ctx.columns.map(c => [c.name, c.name])], ctx.colour, colour => ctx.change({colour}))] : []));
    }
    axisBoxes.forEach((box, i) => box.input === document.activeElement || box.set(ctx.axes[i]));
  }

  kinds.addEventListener('keydown', e => {
    const by = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[e.key];
    if (by) {
      e.preventDefault();
      const all = Object.keys(PROJECTIONS);
      ctx.change({projection: all[(all.indexOf(ctx.projection) + by + all.length) % all.length]});
    }
  });

  return {
    paint,
    el: h('div', {class: 'controls'}, h('h3', {}, 'Map by'), kinds, options, shared, legend,
      h('details', {class: 'files'}, h('summary', {}, 'Files'),
        h('p', {class: 'soft small'}, 'vectors.tsv and metadata.tsv, as the Embedding Projector has them. Drop both here, or choose them. Nothing leaves this machine.'),
        h('label', {for: id}, h('span', {}, 'open'), files),
        h('div', {class: 'kinds'}, ['vectors.tsv', 'metadata.tsv'].map(name => h('button', {type: 'button', 'data-save': name, onclick: () => save(name)}, 'save ' + name)),
          [['map.svg', saveSvg], ['map.png', savePng]].map(([name, save]) => h('button', {type: 'button', 'data-save': name, onclick: () => ctx.whole(svg => save(svg, 'map'))}, 'save ' + name))))),
  };
}
