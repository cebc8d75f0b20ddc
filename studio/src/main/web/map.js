// The page of embeddings: the map, what it is drawn by, and what is known of the word that was clicked.
import {h} from './dom.js';
import {ask, listen, live, onEnd} from './live.js';
import {plot} from './map-canvas.js';
import {colouring} from './map-colour.js';
import {controls} from './map-controls.js';
import {chosenPanel, movedPanel, sumPanel, wordPanel} from './map-panels.js';
import {projector} from './map-projections.js';
import {wordBox} from './map-search.js';
import {asked, held} from './map-space.js';
import {read as readState, write as writeState} from './map-state.js';
import {timeline} from './map-time.js';

function page(root, data, served) {
  const ctx = {
    ...data, served, space: served ? asked() : held(data), moment: data.moments.length - 1,
    projection: 'pca', pca: [0, Math.min(1, data.explained.length - 1)], raw: [0, Math.min(1, data.dim - 1)], axes: [-1, -1, -1, -1],
    metric: 'cosine', colour: '', only: -1, word: -1, sum: [-1, -1, -1], zoom: null,
    pick, places: () => map.places(), whole: does => map.whole(does), change, tell, load: next => page(root, next, false),
  };
  document.title = data.title;
  const note = h('p', {class: 'note', role: 'status'}), live_ = h('div', {class: 'live', 'aria-live': 'polite'});
  const map = plot(data.words, {
    pick,
    moved: t => {
      ctx.zoom = t.k === 1 && t.x === 0 && t.y === 0 ? null : [t.k, t.x, t.y];
      writeState(ctx);
    },
  });
  const search = wordBox('search a word', data.words, row => row >= 0 && pick(row, true), 'search a word');
  const side = {word: h('div', {}), sum: h('div', {}), moved: h('div', {}), chosen: h('div', {})};
  const sumBoxes = ['word a', 'minus b', 'plus c'].map((label, i) => wordBox(label, data.words, row => change({sum: ctx.sum.map((r, j) => (j === i ? row : r))}), ['king', 'man', 'woman'][i]));
  const legend = h('div', {});
  const control = controls(ctx, legend);
  const time = timeline(ctx, to => change({moment: Math.max(0, Math.min(ctx.moments.length - 1, to))}));
  const project = projector(ctx, {show: (places, keep) => map.show(places, keep), tell, shown: () => guarded(panels)});
  const tabs = h('nav', {class: 'tabs', role: 'tablist'}, ['Map', 'Draw', 'Words'].map(name =>
    h('button', {type: 'button', role: 'tab', 'data-tab': name.toLowerCase(), onclick: () => tab(name.toLowerCase())}, name)));
  const zooms = h('div', {class: 'zooms'},
    [['+', 'nearer (+)', () => map.zoom(1.6)], ['−', 'farther (−)', () => map.zoom(1 / 1.6)], ['all', 'show all (0)', () => map.all()]].map(([sign, label, does]) =>
      h('button', {type: 'button', title: label, 'aria-label': label, onclick: does}, sign)));
  const help = h('dialog', {class: 'help'},
    h('h2', {}, 'Keys and words'),
    h('table', {}, h('tbody', {}, [
      ['/', 'to the search box; arrows choose, Enter takes'], ['arrows', 'on the map: move it'], ['+ − 0', 'on the map: nearer, farther, all'], ['?', 'this list'],
    ].map(([key, does]) => h('tr', {}, h('td', {}, h('kbd', {}, key)), h('td', {}, does))))),
    h('p', {class: 'says'}, `Each word is a list of ${data.dim} numbers: a point in a space of ${data.dim} dimensions. A map keeps two. So the page always tells who is near in the space, too.`),
    h('p', {class: 'says'}, 'Cosine: how much two words point the same way, 1 for the same direction, 0 for a right angle. Euclid: how far their tips are apart.'),
    h('form', {method: 'dialog'}, h('button', {}, 'close')));
  let turn = 0;

  function tell(text) {
    note.textContent = text;
  }

  function tab(name) {
    root.dataset.tab = name;
    tabs.querySelectorAll('button').forEach(b => b.setAttribute('aria-selected', String(b.dataset.tab === name)));
  }

  function pick(row, reveal = false) {
    change({word: row}).then(() => {
      if (reveal) {
        map.reveal(row);
      }
    });
    live_.textContent = `${data.words[row]} is chosen.`;
  }

  /** Takes what has changed, and draws what follows from it. */
  async function change(changed, first = false) {
    const before = {...ctx};
    Object.assign(ctx, changed);
    const differs = (...names) => first || names.some(name => JSON.stringify(before[name]) !== JSON.stringify(ctx[name]));
    writeState(ctx);
    control.paint();
    time.paint();
    if (differs('colour', 'only')) {
      if (differs('colour') && !('only' in changed)) {
        ctx.only = -1;
      }
      const colours = colouring(data.columns.find(c => c.name === ctx.colour), data.words.length, ctx.only, only => change({only}));
      map.colour(colours, ctx.only);
      legend.replaceChildren(...[colours.legend].filter(x => x));
    }
    if (differs('projection', 'pca', 'raw', 'axes', 'moment', 'metric', 'explained')) {
      const anew = differs('projection', 'pca', 'raw', 'axes');
      if (anew && !first) {
        map.all();
      }
      await guarded(() => project(!anew));
    }
    [[search, ctx.word], ...sumBoxes.map((box, i) => [box, ctx.sum[i]])].forEach(([box, row]) => box.input === document.activeElement || box.set(row)); // who types is left alone
    await guarded(panels);
  }

  async function guarded(does) {
    try {
      await does();
    } catch (e) {
      tell(e.message);
    }
  }

  async function panels() {
    const own = ++turn;
    const summed = ctx.sum.every(row => row >= 0);
    const [word, sum, moved, chosen] = await Promise.all([
      ctx.word >= 0 ? wordPanel(ctx, ctx.word) : null, summed ? sumPanel(ctx, ctx.sum) : null, movedPanel(ctx), chosenPanel(ctx)]);
    if (own !== turn) {
      return; // asked again meanwhile
    }
    side.word.replaceChildren(word?.el ?? h('p', {class: 'hint'}, 'Click a word on the map, or search for one: its neighbours are shown here.'));
    side.sum.replaceChildren(...(sum ? [sum.el] : []));
    side.moved.replaceChildren(...(moved ? [moved] : []));
    side.chosen.replaceChildren(...(chosen ? [chosen] : []));
    const [a, b, c] = ctx.sum;
    map.mark(
      [...(word ? [{row: ctx.word, kind: 'chosen'}, ...word.near.map(row => ({row, kind: 'near'}))] : []), ...(sum ? [a, b, c, sum.best].map(row => ({row, kind: 'sum'})) : [])],
      [...ctx.arrows.map(([from, to]) => ({from, to, kind: 'move'})), ...(sum && sum.best != null ? [{from: b, to: a, kind: 'analogy'}, {from: c, to: sum.best, kind: 'analogy'}] : [])]);
  }

  const kept = data.words.length < data.words_of ? `the first ${data.words.length.toLocaleString('en')} of ${data.words_of.toLocaleString('en')} words: so many fit into a saved page; Studio.show has all` : `${data.words.length.toLocaleString('en')} words`;
  const moments = data.moments_of > data.moments.length ? `, ${data.moments.length} of ${data.moments_of} moments` : '';
  root.replaceChildren(
    h('header', {}, h('div', {}, h('h1', {}, data.title), h('p', {class: 'soft small'}, `${kept}, ${data.dim} numbers each${moments}`)),
      h('div', {class: 'find'}, search.el, h('button', {type: 'button', title: 'keys and words (?)', 'aria-label': 'keys and words', onclick: () => help.showModal()}, '?'))),
    tabs,
    h('main', {class: 'map'},
      h('aside', {class: 'draw', 'aria-label': 'how the map is drawn'}, control.el, note),
      h('div', {class: 'middle'}, map.el, zooms),
      h('aside', {class: 'words', 'aria-label': 'words'}, side.word,
        h('section', {class: 'analogy'}, h('h3', {title: 'the vectors are added and subtracted, number by number'}, 'Analogy: a − b + c'),
          h('div', {class: 'sum-boxes'}, sumBoxes[0].el, h('span', {'aria-hidden': 'true'}, '−'), sumBoxes[1].el, h('span', {'aria-hidden': 'true'}, '+'), sumBoxes[2].el), side.sum),
        side.moved, side.chosen)),
    time.el, live_, help);
  tab('map');

  if (served) {
    const newest = async () => {
      const last = ctx.moment === ctx.moments.length - 1;
      const {moments, explained} = await ask('moments');
      ctx.moments = moments;
      await change({explained, ...(last ? {moment: moments.length - 1} : {})});
    };
    listen('moment', () => guarded(newest));
    listen('trained', () => tell('The training has ended. Move the slider to see it again.'));
    onEnd(() => tell('The program has ended: the map stays, but nothing more can be asked.'));
  }
  const state = readState(ctx);
  change({...state, zoom: null}, true).then(() => {
    if (state.zoom) {
      map.view(...state.zoom);
    }
    root.dataset.ready = 'true';
  });
  document.onkeydown = e => {
    if (e.target.matches('input, select') || e.ctrlKey || e.metaKey || e.altKey || help.open) {
      return;
    }
    if (e.key === '?' || e.key === '/') {
      e.preventDefault();
      e.key === '?' ? help.showModal() : search.input.focus();
    }
  };
  window.onhashchange = () => change(readState(ctx));
}

const root = document.getElementById('app');
if (DATA && live) {
  const wait = h('p', {class: 'note', role: 'status'}, 'Looking for the directions in which the words differ most …');
  root.append(wait);
  ask('moments').then(told => page(root, {...DATA, ...told}, true), e => (wait.textContent = e.message));
} else if (DATA) {
  page(root, DATA, false);
} else {
  root.append(h('p', {}, 'Nothing was put into this page.'));
}
