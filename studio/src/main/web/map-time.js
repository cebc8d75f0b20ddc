// The line of time below the map: the moments, the loss and the gradients.
import {h, s} from './dom.js';

const W = 150, H = 40;

export function timeline(ctx, go) {
  let timer = null;
  const slider = h('input', {type: 'range', min: 0, 'aria-label': 'moment', oninput: () => go(Number(slider.value))});
  const where = h('output', {class: 'where'});
  const charts = h('div', {class: 'charts'});
  const play = h('button', {type: 'button', onclick: toggle}, 'play');
  const el = h('footer', {class: 'time'},
    h('div', {class: 'buttons'}, step('◀', 'a moment back', -1), step('▶', 'a moment on', 1), play),
    h('div', {class: 'track'}, slider), where, charts);

  function step(sign, label, by) {
    return h('button', {type: 'button', title: label, 'aria-label': label, onclick: () => go(ctx.moment + by)}, sign);
  }

  function toggle() {
    if (timer) {
      clearInterval(timer);
      timer = null;
    } else {
      if (ctx.moment >= ctx.moments.length - 1) {
        go(0);
      }
      timer = setInterval(() => (ctx.moment < ctx.moments.length - 1 ? go(ctx.moment + 1) : toggle()), 700);
    }
    play.textContent = timer ? 'pause' : 'play';
  }

  function chart(title, names) {
    const series = names.map(name => ctx.moments.map(m => Number(m.numbers[name] ?? NaN)));
    const finite = series.flat().filter(Number.isFinite);
    if (finite.length === 0) {
      return null;
    }
    const least = Math.min(...finite), most = Math.max(...finite), last = Math.max(1, ctx.moments.length - 1);
    const x = i => 2 + (i / last) * (W - 4), y = v => H - 2 - ((v - least) / (most - least || 1)) * (H - 4);
    const now = names.map(name => `${name} ${Number(ctx.moments[ctx.moment].numbers[name] ?? NaN).toPrecision(3)}`.replace('NaN', '–'));
    return h('figure', {class: 'chart', title: `${now.join('\n')}\nfrom ${least.toPrecision(3)} (below) to ${most.toPrecision(3)} (above)`},
      h('figcaption', {}, names.length === 1 ? now[0] : `${title} (${names.length})`),
      s('svg', {viewBox: `0 0 ${W} ${H}`, width: W, height: H, role: 'img', 'aria-label': `${title}, from ${least.toPrecision(3)} to ${most.toPrecision(3)}`},
        s('line', {x1: x(ctx.moment), x2: x(ctx.moment), y1: 0, y2: H, class: 'now'}),
        series.map((values, k) => s('polyline', {class: 'series s' + (k % 3), points: values.map((v, i) => (Number.isFinite(v) ? `${x(i)},${y(v)}` : '')).join(' ')})),
        series.map((values, k) => (Number.isFinite(values[ctx.moment]) ? s('circle', {class: 's' + (k % 3), cx: x(ctx.moment), cy: y(values[ctx.moment]), r: 3}) : null))));
  }

  return {
    el,
    paint() {
      slider.max = ctx.moments.length - 1;
      slider.value = ctx.moment;
      slider.setAttribute('aria-valuetext', ctx.moments[ctx.moment].name);
      where.textContent = ctx.moments[ctx.moment].name;
      el.hidden = ctx.moments.length < 2;
      const names = [...new Set(ctx.moments.flatMap(m => Object.keys(m.numbers)))];
      const gradients = names.filter(name => name.startsWith('gradient'));
      charts.replaceChildren(...[...names.filter(name => !gradients.includes(name)).map(name => chart(name, [name])), gradients.length > 0 && chart('gradients', gradients)].filter(x => x));
    },
  };
}
